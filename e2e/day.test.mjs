// A day at the desk: twenty tickets of all kinds, taken, answered, asked about, put off and solved by the keyboard alone. No pointer is used
// from the moment the agent sits down, and the desk's API says at the end what became of every one of them.
import assert from "node:assert/strict";
import { actAs, answered, askForDocuments, deliver } from "./steps.mjs";
import { onEachDatabase } from "./story.mjs";

const firms = ["acme", "borealis", "cobalt"];
const asked = [
  "Which plan do we need?", "A second administrator", "The invoice of October", "Holidays of the hotline", "A field too few",
  "How long are records kept?", "Our new address", "Two of us see nothing", "A report by team", "Thanks for yesterday",
  "Reset my colleague", "A printer that prints twice", "Opening hours", "Nothing urgent",
];

async function tickets(page, desk, token, query = "") {
  const answer = await page.request.get(`${desk.url}/api/v1/tickets?limit=100${query}`, { headers: { Authorization: `Bearer ${token}` } });
  assert.ok(answer.ok(), await answer.text());
  return (await answer.json()).items;
}

/** Fourteen mails, and three forms, each of which opens a second ticket. */
async function theNight(page, desk, token) {
  for (const [place, subject] of asked.entries()) {
    const from = `From: Client ${place} <client${place}@${firms[place % 3]}.example>`;
    await deliver(page, desk, token, [from, "To: help@desk.example", `Subject: ${subject}`, `Message-ID: <day-${place}@x.example>`, "", `${subject} That is all.`]);
  }
  for (const [name, email] of [["Maria Quintela", "maria@acme.example"], ["Rui Tavares", "rui@borealis.example"], ["Maria Quintela", "maria@acme.example"]]) {
    await askForDocuments(page, desk, { name, email, details: "New logo, please." });
  }
}

/** Presses keys one after the other. */
async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

const toast = (page, words) => page.locator("#toast", { hasText: words }).waitFor();
const opened = (page) => page.locator("main[data-ticket] .ticket__number").innerText();
const focusedRow = (page) => page.evaluate(() => document.activeElement.querySelector?.(".row__subject")?.textContent ?? "");

/** Goes down a list until the row with that subject has the focus. */
async function comeTo(page, subject) {
  await page.locator(".row", { hasText: subject }).first().waitFor();
  await page.evaluate(() => document.activeElement.blur());
  for (let steps = 0; steps < 40; steps += 1) {
    await press(page, "j");
    if ((await focusedRow(page)).includes(subject)) return;
  }
  assert.fail(`j never comes to ${subject}`);
}

/** Opens the ticket with that subject from a list. */
async function open(page, subject) {
  await comeTo(page, subject);
  await press(page, "Enter");
  await page.locator("main[data-ticket] .ticket__subject", { hasText: subject }).waitFor();
}

async function goes(page, key, view) {
  await page.evaluate(() => document.activeElement.blur());
  await press(page, "g", key);
  await page.locator(".list--wide .list__title", { hasText: view }).waitFor();
  await answered(page);
}

/** Answers. The answer can be taken back for some seconds; whoever chooses before they are over has it leave first. */
async function answers(page, words) {
  await press(page, "r");
  await page.keyboard.type(words);
  await press(page, "Control+Enter");
  await page.locator(".message--waiting", { hasText: words }).waitFor();
  await answered(page);
  await page.evaluate(() => document.activeElement.blur());
}

onEachDatabase("a day's work of twenty tickets is done by keyboard alone", async ({ desk, visitor, picture }) => {
  const page = await visitor({ viewport: { width: 1440, height: 900 } });
  const token = await desk.token("agent");
  await page.goto(desk.url);
  await theNight(page, desk, token);
  // The linked ones are opened by the desk's own loops.
  while ((await tickets(page, desk, token)).length < 20);
  await page.goto(`${desk.url}/tickets`);
  await actAs(page, "Ana Prado");
  await page.addInitScript(() => addEventListener("pointerdown", (event) => event.isTrusted && sessionStorage.setItem("pointed", "yes"), true));
  await page.goto(`${desk.url}/tickets`);

  // The morning: three are taken at once, given back by mistake undone, and taken again.
  await goes(page, "u", "Unassigned");
  for (const subject of ["Nothing urgent", "Opening hours", "A printer that prints twice"]) {
    await comeTo(page, subject);
    await press(page, "x");
  }
  await picture(page, "three-selected");
  await press(page, "m");
  await toast(page, "3");
  await press(page, "z");
  await toast(page, "Put back");
  await page.locator(".row", { hasText: "Opening hours" }).waitFor();
  await goes(page, "t", "Tickets");
  for (const subject of ["Nothing urgent", "Opening hours", "A printer that prints twice"]) {
    await comeTo(page, subject);
    await press(page, "x");
  }
  await press(page, "m");
  for (const subject of ["Nothing urgent", "Opening hours", "A printer that prints twice"]) {
    await page.locator(".row", { hasText: subject }).locator(".row__assignee", { hasText: "Ana Prado" }).waitFor();
  }
  await goes(page, "i", "Mine");

  // One is answered and solved, one is put off, of one a colleague is told.
  await open(page, "Opening hours");
  await answers(page, "From nine to six.");
  await press(page, "e");
  await page.locator(".ticket__state", { hasText: "Solved" }).waitFor();
  assert.equal(await page.locator(".message--waiting").count(), 0, "its answer left before it was solved");
  await page.locator(".message", { hasText: "From nine to six." }).waitFor();
  await answered(page);
  await goes(page, "i", "Mine");
  await open(page, "Nothing urgent");
  await press(page, "s");
  await page.locator(".ticket__deeds details[open] .menu__item").first().waitFor();
  await press(page, "Enter");
  await toast(page, "Snoozed until");
  await goes(page, "i", "Mine");
  await open(page, "A printer that prints twice");
  await press(page, "n");
  await page.keyboard.type("@Bo have you seen this before?");
  await press(page, "Control+Enter");
  await page.locator(".message--note", { hasText: "have you seen this before?" }).waitFor();
  await answered(page);

  // One is looked for by its words, one by the palette.
  await page.evaluate(() => document.activeElement.blur());
  await press(page, "/");
  await page.keyboard.type("invoice");
  await press(page, "Enter");
  await page.locator(".found__link", { hasText: "The invoice of October" }).first().waitFor();
  await picture(page, "found");
  await page.evaluate(() => document.activeElement.blur());
  await press(page, "Control+k");
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.type("unassigned");
  await page.locator('[role="option"][aria-selected="true"]', { hasText: "Unassigned" }).waitFor();
  await press(page, "Enter");
  await page.locator(".list--wide .list__title", { hasText: "Unassigned" }).waitFor();

  // What nobody has is taken, answered and solved, ticket by ticket.
  const left = asked.slice(0, 11);
  for (const subject of left) {
    await goes(page, "u", "Unassigned");
    await open(page, subject);
    await press(page, "m");
    await page.locator(".owner__button", { hasText: "Ana Prado" }).waitFor();
    await answers(page, `We looked after it: ${subject}`);
    await press(page, "e");
    await page.locator(".ticket__state", { hasText: "Solved" }).waitFor();
    await answered(page);
  }

  // The documents: what is asked of us is done by the choices of the procedure.
  for (let each = 0; each < 3; each += 1) {
    await goes(page, "t", "Tickets");
    const before = await tickets(page, desk, token, "&playbook=document-configuration");
    const todo = before.find((ticket) => ticket.status === "open");
    for (let steps = 0; steps < 40; steps += 1) {
      await press(page, "j");
      if (await page.evaluate((number) => document.activeElement.querySelector?.(".row__number")?.textContent === `#${number}`, todo.number)) break;
    }
    await press(page, "Enter");
    await page.locator("main[data-ticket] .ticket__number", { hasText: `#${todo.number}` }).waitFor();
    await press(page, "c", "1");
    await page.locator(".ticket__state", { hasText: "To do (publish)" }).waitFor();
    await answered(page);
    await press(page, "c", "1");
    await page.locator(".ticket__state", { hasText: "Done" }).waitFor();
    await answered(page);
  }
  assert.match(await opened(page), /^#\d+$/);

  // The evening: notices are read, and what is left is looked at.
  await press(page, "g", "n");
  await page.getByRole("heading", { name: "Notifications" }).first().waitFor();
  await goes(page, "d", "Today").catch(() => page.getByRole("heading", { name: "Today" }).first().waitFor());
  await picture(page, "evening");
  assert.equal(await page.evaluate(() => sessionStorage.getItem("pointed")), null, "no pointer was used");

  const after = new Map((await tickets(page, desk, token)).map((ticket) => [ticket.subject, ticket]));
  for (const subject of [...left, "Opening hours"]) assert.equal(after.get(subject).status, "solved", subject);
  assert.notEqual(after.get("Nothing urgent").snoozed_until ?? null, null, "put off");
  assert.equal(after.get("A printer that prints twice").status, "open");
  const configured = await tickets(page, desk, token, "&playbook=document-configuration");
  assert.deepEqual(configured.map((ticket) => ticket.status), ["closed", "closed", "closed"]);
});
