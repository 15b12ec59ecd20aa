// D1, D4 and D5 through the pages: a client asks for a document, customer solutions make it, and it closes by itself.
import assert from "node:assert/strict";
import {
  actAs, askForDocuments, assignee, choose, deliver, header, mailTo, mailsTo, moveClock, openLinked, openTicket, row, standsAt, thanked,
} from "./steps.mjs";
import { onEachDatabase } from "./story.mjs";

const maria = { name: "Maria Quintela", email: "maria@acme.example", details: "New logo on page one, please." };
const rui = { name: "Rui Tavares", email: "rui@borealis.example", details: "A nova morada no rodapé." };
const colleagues = ["Bo Lindqvist", "Cy Okafor"];

onEachDatabase("D1: a form that is wrong comes back with what was answered, and right it opens a ticket", async ({ desk, visitor }) => {
  const page = await visitor();
  await page.goto(`${desk.url}/forms/document-survey`);
  await page.getByLabel("Your name").fill(maria.name);
  await page.getByLabel("Your mail address").fill("maria at acme");
  await page.getByLabel("What should change?").fill(maria.details);
  await page.getByRole("radio", { name: "Yes" }).check();
  await page.getByRole("button", { name: "Send request" }).click();

  const summary = page.getByRole("alert").filter({ hasText: "2 answers need your attention" });
  await summary.waitFor();
  await page.waitForFunction(() => document.activeElement.id === "summary");
  assert.equal(await page.getByLabel("Your name").inputValue(), maria.name);
  assert.equal(await page.getByLabel("Your mail address").inputValue(), "maria at acme");
  assert.equal(await page.getByLabel("What should change?").inputValue(), maria.details);
  assert.ok(await page.getByRole("radio", { name: "Yes" }).isChecked());
  for (const label of ["Your mail address", "How many documents?"]) {
    const field = page.getByLabel(label);
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    const error = (await field.getAttribute("aria-describedby")).split(" ").find((id) => id.endsWith("-error"));
    const words = (await page.locator(`#${error}`).innerText()).trim();
    await summary.getByRole("link", { name: words, exact: true }).first().waitFor();
  }

  await summary.getByRole("link").last().click();
  await page.waitForFunction(() => document.activeElement.name === "documents");
  await page.keyboard.type("1");
  await page.getByLabel("Your mail address").fill(maria.email);
  await page.getByRole("button", { name: "Send request" }).click();
  const number = await thanked(page);

  await page.goto(`${desk.url}/tickets`);
  const opened = row(page, number);
  assert.match(await opened.locator(".row__subject").innerText(), /^(Unread:\s+)?Document Survey: Acme Lending$/);
  assert.match(await opened.locator(".row__who").innerText(), /Maria Quintela.*Acme Lending/s);
});

onEachDatabase("D1, D4, D5: a document change from the form to the end", async ({ desk, visitor }) => {
  const page = await visitor();
  const number = await askForDocuments(page, desk, maria);
  await actAs(page, "Ana Prado");
  await openTicket(page, desk, number);
  await theTicketSaysWhatHappened(page);

  const linked = await openLinked(page);
  await standsAt(page, "To do");
  const first = await assignee(page);
  assert.ok(colleagues.includes(first), first);
  assert.equal(await page.locator("dt", { hasText: "Component" }).locator("+ dd").innerText(), "Acme Lending");
  await page.locator(".message--note", { hasText: maria.details }).waitFor();

  await openTicket(page, desk, await askForDocuments(page, desk, rui));
  await openLinked(page);
  assert.equal(await assignee(page), colleagues.find((name) => name !== first), "the colleague with fewer open tickets has it");

  await theClientAddsSomething(page, desk, number);
  await openTicket(page, desk, linked);
  await page.locator(".message--note", { hasText: "The second page stays as it is." }).waitFor();

  await actAs(page, first);
  await openTicket(page, desk, linked, "?assignee=me");
  await choose(page, "Configured");
  await standsAt(page, "To do (publish)");
  await choose(page, "Published");
  await standsAt(page, "Done");
  const told = await mailTo(page, desk, maria.email, 2);
  await page.goto(`${desk.url}${told.href}`);
  await page.locator(".letter__text", { hasText: "published" }).waitFor();

  await openTicket(page, desk, number);
  await standsAt(page, "Published");
  assert.match(await page.locator(".timer").innerText(), /Closes by itself/);
  const [before, after] = await moveClock(page, "one day forward");
  assert.equal(after - before >= 24 * 3600 * 1000, true);
  await openTicket(page, desk, number, "?status=closed");
  await standsAt(page, "Closed");
  assert.equal(await page.locator("form.composer").count(), 0);
  assert.equal((await mailsTo(page, desk, maria.email)).length, 2, "nothing is sent twice");
});

async function theTicketSaysWhatHappened(page) {
  assert.equal(await page.locator(".ticket__subject").innerText(), "Document Survey: Acme Lending");
  await standsAt(page, "Needs configuration");
  const said = page.locator(".message--incoming");
  assert.equal(await said.locator(".message__by").innerText(), maria.name);
  assert.match(await said.locator(".message__body").innerText(), /New logo on page one, please\./);
  const answer = page.locator(".message--automatic");
  assert.match(await answer.locator(".message__to").innerText(), /to maria@acme\.example/);
  await answer.getByText("why?").click();
  const why = answer.locator(".why");
  assert.match(await why.innerText(), /playbooks\/document-change\.yaml:\d+/);
  assert.match(await why.innerText(), /plan == null/);
}

/** Maria answers the first mail that she got, at the address that it asks for. */
async function theClientAddsSomething(page, desk, number) {
  const received = await mailTo(page, desk, maria.email);
  const outcome = await deliver(page, desk, await desk.token("agent"), [
    `From: ${maria.name} <${maria.email}>`,
    `To: ${header(received.raw, "Reply-To")}`,
    `Subject: Re: ${received.subject}`,
    "Message-ID: <second-page@acme.example>",
    `In-Reply-To: ${header(received.raw, "Message-ID")}`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    "The second page stays as it is.",
  ]);
  assert.equal(outcome.outcome, "appended");
  assert.equal(outcome.ticket.number, number);
}

onEachDatabase("D4: the mails say where the request stands, in the language of whoever asked", async ({ desk, visitor }) => {
  const page = await visitor();
  await askForDocuments(page, desk, rui);
  const received = await mailTo(page, desk, rui.email);
  assert.match(header(received.raw, "Auto-Submitted"), /^auto-/);
  await page.goto(`${desk.url}${received.href}`);
  assert.match(await page.locator(".letter__text").innerText(), /obrigado pelo seu pedido/);
  const framed = page.frameLocator(".letter > .paper").locator("body");
  assert.match(await framed.innerText(), /obrigado pelo seu pedido/);
});

onEachDatabase("D1: the lists hold what their names say", async ({ desk, visitor }) => {
  const page = await visitor();
  const ready = await askForDocuments(page, desk, maria);
  const byHand = await askForDocuments(page, desk, { name: "Inês Falcão", email: "ines@borealis.example", details: "Outro logótipo." });
  await openTicket(page, desk, ready);
  const linked = await openLinked(page);
  const owner = await assignee(page);
  await actAs(page, owner);
  const holds = async (view, expected) => {
    await page.locator(".rail .view", { hasText: view }).click();
    await page.locator(".list--wide .list__title", { hasText: view }).waitFor();
    for (const number of expected) await row(page, number).waitFor();
    const numbers = await page.locator(".row__number").allInnerTexts();
    assert.deepEqual(numbers.map((shown) => Number(shown.slice(1))).sort(), [...expected].sort(), view);
  };
  await holds("Mine", [linked]);
  await holds("Unassigned", [ready, byHand]);
  await holds("Waiting on us", [ready, byHand, linked]);
  await holds("Snoozed", []);
  await holds("Support", [ready, byHand]);
  await holds("Customer solutions", [linked]);
  await holds("Document configuration", [linked]);
  await openTicket(page, desk, linked);
  await choose(page, "Configured");
  await choose(page, "Published");
  await standsAt(page, "Done");
  await holds("All tickets", [ready, byHand, linked]);
  await holds("Solved", [ready]);
  await moveClock(page, "one day forward");
  await holds("Solved", []);
  await openTicket(page, desk, ready);
  await page.locator(".ticket__meta .chip", { hasText: "Closed" }).waitFor();
});

onEachDatabase("the pages speak Portuguese when they are asked to", async ({ desk, visitor }) => {
  const page = await visitor();
  await page.goto(`${desk.url}/forms/document-survey`);
  await page.getByRole("button", { name: "Português" }).click();
  await page.getByRole("heading", { name: "Pedido de alteração de documentos" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "pt");
  await page.goto(`${desk.url}/tickets`);
  await page.getByRole("button", { name: "English" }).waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await page.locator(".list__title", { hasText: "Tickets" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
});
