// People in copy of a client's mail: shown above the words, put there and taken away, and written to with the client.
import assert from "node:assert/strict";
import { actAs, answered, deliver, header, mailTo, mailsTo, openTicket, sendReply } from "./steps.mjs";
import { onEachDatabase, once } from "./story.mjs";

const mail = (from, id, more, text) => [`From: ${from}`, "To: support@desk.example, Otto Lima <otto@acme.example>", "Cc: rita@acme.example",
  "Subject: Our invoice", `Message-ID: <${id}@acme.example>`, ...more, "Content-Type: text/plain; charset=utf-8", "", text];

const composer = (page) => page.locator("form.composer");
const inCopy = (page) => composer(page).locator(".copies__one bdi");
const out = (page, who) => composer(page).getByRole("button", { name: `Take ${who} out of copy` });

/** Waits until exactly these are in copy. */
const copied = (page, names) => page.waitForFunction((expected) => [...document.querySelectorAll(".copies__one bdi")].map((who) => who.textContent).join() === expected, names.join());

async function asked(page, desk) {
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  const token = await desk.token("agent");
  const { ticket } = await deliver(page, desk, token, mail("Maria Quintela <maria@acme.example>", "a", [], "Where is it?"));
  await openTicket(page, desk, ticket.number);
  return { token, ticket };
}

onEachDatabase("whom a client copies is shown, written to and heard", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  const { token, ticket } = await asked(page, desk);
  await copied(page, ["Otto Lima", "rita@acme.example"]);
  await page.locator(".message--incoming").getByText("cc Otto Lima, rita@acme.example").waitFor();
  await picture(page, "in copy");

  await page.getByPlaceholder("Write here").fill("Here it is.");
  await out(page, "rita@acme.example").click();
  await copied(page, ["Otto Lima"]);
  assert.equal(await page.getByPlaceholder("Write here").inputValue(), "Here it is.", "what was being written stays");
  await composer(page).locator(".copies__more").click();
  const field = composer(page).getByLabel("Put somebody in copy");
  await field.fill("nobody");
  await field.press("Enter");
  await composer(page).getByText("Write mail addresses, with commas between them.").waitFor();
  assert.equal(await field.inputValue(), "nobody");
  await picture(page, "no address");
  await field.fill("Sol Reis <sol@acme.example>, ivo@acme.example");
  await field.press("Enter");
  await copied(page, ["ivo@acme.example", "Otto Lima", "Sol Reis"]);
  assert.equal(await page.getByPlaceholder("Write here").inputValue(), "Here it is.");
  await page.getByText("Ana Prado took rita@acme.example out of copy").waitFor();

  await sendReply(page);
  await page.locator(".message--reply").getByText("cc ivo@acme.example, Otto Lima, Sol Reis").waitFor();
  await picture(page, "said to several");
  const sent = await mailTo(page, desk, "sol@acme.example");
  assert.match(header(sent.raw, "To"), /maria@acme\.example/);
  assert.match(header(sent.raw, "Cc"), /"Otto Lima" <otto@acme\.example>/);
  assert.equal((await mailsTo(page, desk, "maria@acme.example")).length, 1);
  assert.equal((await mailsTo(page, desk, "rita@acme.example")).length, 0);

  // Otto answers all: it is on the ticket, and who looks at it hears of it at once.
  await openTicket(page, desk, ticket.number);
  const reference = [`In-Reply-To: ${header(sent.raw, "Message-ID")}`];
  const joined = await deliver(page, desk, token, mail("Otto Lima <otto@acme.example>", "b", reference, "Thanks, I pay it."));
  assert.equal(joined.ticket.number, ticket.number);
  await page.locator(".message--incoming", { hasText: "Thanks, I pay it." }).waitFor();
  // He named Rita again, so she reads along again; the page says so by itself.
  await copied(page, ["ivo@acme.example", "Otto Lima", "rita@acme.example", "Sol Reis"]);
});

once("without scripts people are put in copy and taken out, and a note is for nobody outside", async ({ desk, visitor, picture }) => {
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  const { ticket } = await deliver(page, desk, await desk.token("agent"), mail("Maria Quintela <maria@acme.example>", "a", [], "Where is it?"));
  await openTicket(page, desk, ticket.number);
  await out(page, "Otto Lima").click();
  assert.deepEqual(await inCopy(page).allInnerTexts(), ["rita@acme.example"]);
  await composer(page).locator(".copies__more").click();
  await composer(page).getByLabel("Put somebody in copy").fill("ivo@acme.example");
  await composer(page).getByRole("button", { name: "Add", exact: true }).click();
  assert.deepEqual(await inCopy(page).allInnerTexts(), ["ivo@acme.example", "rita@acme.example"]);
  await page.getByRole("radio", { name: "Note" }).check({ force: true });
  assert.equal(await inCopy(page).first().isVisible(), false);
  await picture(page, "note");
});

once("who is in copy is seen and changed on a phone", async ({ desk, visitor, picture }) => {
  const page = await visitor({ viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: "dark" });
  await asked(page, desk);
  await page.getByPlaceholder("Write here").tap();
  await picture(page, "begun");
  await copied(page, ["Otto Lima", "rita@acme.example"]);
  await out(page, "Otto Lima").tap();
  await answered(page);
  await copied(page, ["rita@acme.example"]);
  await composer(page).locator(".copies__more").tap();
  await picture(page, "menu");
});
