// The answers of the desk take their time, and nobody waits for them: what is written meanwhile stays, and nobody is led back.
import assert from "node:assert/strict";
import { actAs, answered, deliver, holds, openTicket, row } from "./steps.mjs";
import { once } from "./story.mjs";

const composer = (page) => page.getByPlaceholder("Write here");
const waiting = (page) => page.locator(".message--waiting");
const kept = (page) => page.locator("[data-status]", { hasText: "Draft kept" });

/** Holds back what is posted to addresses like these, until it is let go. */
async function holdBack(page, addresses) {
  let letGo;
  const gate = new Promise((resolve) => (letGo = resolve));
  const held = page.waitForRequest((request) => request.method() === "POST" && new URL(request.url()).pathname.match(addresses));
  await page.route((url) => addresses.test(url.pathname), async (route) => {
    await gate;
    await route.continue();
  });
  return { held, letGo };
}

async function asks(page, desk, token, id) {
  const lines = ["From: Tom Ashby <tom@cobalt.example>", "To: help@desk.example", `Subject: Question ${id}`, `Message-ID: <q${id}@cobalt.example>`, "", "Which plan?"];
  return (await deliver(page, desk, token, lines)).ticket;
}

once("what is typed while a reply is on its way stays, and goes with the next one alone", async ({ desk, visitor }) => {
  const page = await visitor();
  const { number } = await asks(page, desk, await desk.token("owner"), 1);
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  await openTicket(page, desk, number);
  await composer(page).fill("The small one.");
  await kept(page).waitFor();
  const reply = await holdBack(page, /\/replies$/);
  await composer(page).press("Control+Enter");
  await reply.held;
  await composer(page).pressSequentially(" And for two?");
  await composer(page).press("Control+Enter");
  reply.letGo();
  await waiting(page).getByText("The small one.", { exact: true }).waitFor();
  await holds(page, "And for two?");
  await kept(page).waitFor();
  await page.reload();
  assert.equal(await composer(page).inputValue(), "And for two?", "the desk has it too");
  assert.equal(await waiting(page).count(), 1, "and once is what was sent");

  // Whoever turns to a note meanwhile goes on with it.
  const second = await holdBack(page, /\/replies$/);
  await composer(page).press("Control+Enter");
  await second.held;
  await page.getByRole("radio", { name: "Note" }).check({ force: true });
  await composer(page).fill("Between us.");
  second.letGo();
  await waiting(page).nth(1).waitFor();
  await answered(page);
  assert.equal(await page.getByRole("radio", { name: "Note" }).isChecked(), true);
  assert.equal(await composer(page).inputValue(), "Between us.");
  await page.getByRole("radio", { name: "Reply" }).check({ force: true });
  assert.equal(await composer(page).inputValue(), "", "no word of the note is in the reply");
});

once("an answer that comes late does not lead back to the ticket that was left", async ({ desk, visitor }) => {
  const page = await visitor();
  const token = await desk.token("owner");
  const [left, next] = [await asks(page, desk, token, 1), await asks(page, desk, token, 2)];
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  await openTicket(page, desk, left.number);
  const choice = await holdBack(page, /\/choices\//);
  await page.locator(".choices").getByRole("button", { name: "Solved" }).click();
  await choice.held;
  await row(page, next.number).getByRole("link").click();
  await page.locator("main[data-ticket] .ticket__number", { hasText: `#${next.number}` }).waitFor();
  await composer(page).fill("Half a sentence");
  choice.letGo();
  await row(page, left.number).filter({ hasText: "Solved" }).waitFor();
  await answered(page);
  assert.ok(page.url().includes(`/tickets/${next.id}`), page.url());
  assert.equal(await page.locator("main[data-ticket] .ticket__number").innerText(), `#${next.number}`);
  assert.equal(await composer(page).inputValue(), "Half a sentence");
});

once("a list that was reached from the front door follows what comes", async ({ desk, visitor }) => {
  const page = await visitor();
  const token = await desk.token("owner");
  await page.goto(`${desk.url}/`);
  await page.locator('a[href="/tickets"]').first().click();
  await page.locator(".list--wide[data-query]").waitFor();
  const { number } = await asks(page, desk, token, 1);
  await row(page, number).waitFor();
  const shape = () => page.evaluate(() => document.body.className);
  const reached = await shape();
  await page.reload();
  assert.equal(await shape(), reached, "and it has the shape of its own");
});
