// Two colleagues: what one does, the other is told at once, finds by keyboard, reads, and chooses by which ways and when it comes.
import assert from "node:assert/strict";
import { isForEverybody } from "./everybody.mjs";
import { actAs, answered, deliver, openTicket } from "./steps.mjs";
import { once, onEachDatabase } from "./story.mjs";

const bell = (page) => page.locator(".rail [data-notices]");
const notices = (page) => page.locator(".notice");
const unread = (page) => page.locator(".notice--unread");

async function asks(page, desk, token, id, subject) {
  const lines = ["From: Tom Ashby <tom@cobalt.example>", "To: help@desk.example", `Subject: ${subject}`, `Message-ID: <${id}@cobalt.example>`, "", "Which plan?"];
  return (await deliver(page, desk, token, lines)).ticket;
}

/** Writes a note on the open ticket. */
async function note(page, words) {
  await page.keyboard.press("n");
  const field = page.locator(".composer textarea");
  await field.fill(words);
  await field.press("Control+Enter");
  await page.locator(".message--note", { hasText: words }).waitFor();
  await answered(page);
}

onEachDatabase("what one colleague does the other is told at once, and it is read where the ticket is", async ({ desk, visitor, picture }) => {
  const [ana, bo] = [await visitor(), await visitor()];
  const token = await desk.token("owner");
  for (const [page, name] of [[ana, "Ana Prado"], [bo, "Bo Lindqvist"]]) {
    await page.goto(desk.url);
    await actAs(page, name);
  }
  const first = await asks(ana, desk, token, "one", "The export is empty");
  const second = await asks(ana, desk, token, "two", "A second question");
  await bo.goto(`${desk.url}/tickets`);
  await bell(bo).waitFor({ state: "hidden" });

  await openTicket(ana, desk, first.number, "?view=all");
  await note(ana, "@Bo Lindqvist, do you know?");
  await bell(bo).getByText("1", { exact: true }).waitFor();
  await openTicket(ana, desk, second.number, "?view=all");
  await note(ana, "@Bo Lindqvist, and this?");
  await bell(bo).getByText("2", { exact: true }).waitFor();
  assert.equal(await bell(ana).isVisible(), false, "who did it is told nothing");

  await bo.locator("#main").focus();
  await bo.keyboard.press("g");
  await bo.keyboard.press("n");
  await notices(bo).nth(1).waitFor();
  assert.deepEqual(await notices(bo).locator(".notice__subject").allInnerTexts(), ["A second question", "The export is empty"]);
  await notices(bo).first().getByRole("link", { name: `Ana Prado named you in a note on ticket ${second.number}.` }).waitFor();
  await isForEverybody(bo);
  await picture(bo, "list");

  // While it is looked at it stays up to date; a ticket that is read takes its notices with it.
  await note(ana, "@Bo Lindqvist, once more");
  await notices(bo).nth(2).waitFor();
  await notices(bo).filter({ hasText: "The export is empty" }).getByRole("link").click();
  await bo.locator("main[data-ticket] .ticket__number", { hasText: `#${first.number}` }).waitFor();
  await bell(bo).getByText("2", { exact: true }).waitFor();
  await bo.goto(`${desk.url}/notifications`);
  await notices(bo).nth(2).waitFor();
  assert.equal(await unread(bo).count(), 2);
  await unread(bo).first().getByRole("button", { name: /Mark as read/ }).click();
  await bell(bo).getByText("1", { exact: true }).waitFor();
  await bo.getByRole("button", { name: "Mark all as read" }).click();
  await bell(bo).waitFor({ state: "hidden" });
  await unread(bo).first().waitFor({ state: "detached" });
  assert.equal(await notices(bo).count(), 3);

  for (const [what, width, colorScheme] of [["narrow", 390, "light"], ["dark", 1440, "dark"], ["narrow dark", 390, "dark"]]) {
    await bo.setViewportSize({ width, height: 844 });
    await bo.emulateMedia({ colorScheme });
    await isForEverybody(bo);
    await picture(bo, what);
  }
});

once("where many of one kind stand behind each other most are folded, and what one unfolds stays so", async ({ desk, visitor, picture }) => {
  const [ana, bo] = [await visitor(), await visitor()];
  const token = await desk.token("owner");
  for (const [page, name] of [[ana, "Ana Prado"], [bo, "Bo Lindqvist"]]) {
    await page.goto(desk.url);
    await actAs(page, name);
  }
  const asked = await asks(ana, desk, token, "one", "The export is empty");
  await openTicket(ana, desk, asked.number, "?view=all");
  for (let round = 1; round <= 8; round += 1) await note(ana, `@Bo Lindqvist, reminder ${round}`);
  await bo.goto(`${desk.url}/notifications`);
  const more = bo.getByText("5 more: You were named");
  await more.waitFor();
  assert.equal(await notices(bo).filter({ visible: true }).count(), 3);
  await isForEverybody(bo);
  await picture(bo, "folded");
  await more.click();
  assert.equal(await notices(bo).filter({ visible: true }).count(), 8);
  await picture(bo, "unfolded");
  await note(ana, "@Bo Lindqvist, reminder 9");
  await bo.getByText("6 more: You were named").waitFor();
  assert.equal(await notices(bo).filter({ visible: true }).count(), 9, "what came meanwhile folded nothing up");
  await bo.setViewportSize({ width: 390, height: 844 });
  await isForEverybody(bo);
  await picture(bo, "narrow");
});

once("a notice of a merged ticket leads to where it went, and is read there", async ({ desk, visitor }) => {
  const [ana, bo] = [await visitor(), await visitor()];
  const token = await desk.token("owner");
  for (const [page, name] of [[ana, "Ana Prado"], [bo, "Bo Lindqvist"]]) {
    await page.goto(desk.url);
    await actAs(page, name);
  }
  const gone = await asks(ana, desk, token, "one", "The export is empty");
  const kept = await asks(ana, desk, token, "two", "A second question");
  await openTicket(ana, desk, gone.number, "?view=all");
  await note(ana, "@Bo Lindqvist, do you know?");
  const merged = await ana.request.post(`${desk.url}/api/v1/tickets/${gone.id}/merge`, { headers: { authorization: `Bearer ${token}` }, data: { into: kept.id } });
  assert.equal(merged.status(), 200);
  await bo.goto(`${desk.url}/notifications`);
  assert.equal(await unread(bo).locator(".notice__subject").innerText(), "A second question");
  await unread(bo).getByRole("link").click();
  await bo.locator("main[data-ticket] .ticket__number", { hasText: `#${kept.number}` }).waitFor();
  await bell(bo).waitFor({ state: "hidden" });
});

once("somebody chooses what they are told, by which ways and when, and what cannot be is said", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  await page.goto(desk.url);
  await actAs(page, "Bo Lindqvist");
  await page.goto(`${desk.url}/notifications`);
  await page.getByText("Nobody has told you anything yet.").waitFor();
  await page.getByRole("link", { name: "What, how and when" }).click();
  await page.getByRole("checkbox", { name: "Told by a playbook: Mail" }).check();
  await page.getByLabel("Mail comes").selectOption("daily");
  await page.getByRole("radio", { name: "Hours of my own" }).check();
  await page.getByLabel("Monday").fill("nine to five");
  await page.getByLabel("Friday").fill("morning");
  await isForEverybody(page);
  await page.getByRole("button", { name: "Keep" }).click();
  await page.locator("#summary").getByRole("link", { name: /^Friday: write hours as 09:00-12:30, 14:00-18:00/ }).waitFor();
  await page.locator("#summary").getByRole("link", { name: /^Monday: write hours as 09:00-12:30, 14:00-18:00/ }).click();
  assert.ok(await page.getByLabel("Monday").evaluate((field) => field === document.activeElement), "the summary leads to what is wrong");
  assert.equal(await page.getByLabel("Monday").inputValue(), "nine to five", "what was typed is kept");
  await picture(page, "refused");
  await page.getByRole("radio", { name: "Hours of my own" }).scrollIntoViewIfNeeded();
  await picture(page, "hours");
  await page.getByLabel("Monday").fill("09:00-12:30, 14:00-18:00");
  await page.getByLabel("Friday").fill("");
  await page.getByRole("button", { name: "Keep" }).click();
  await page.getByText("Your choices are kept.").waitFor();
  assert.equal(await page.getByRole("checkbox", { name: "Told by a playbook: Mail" }).isChecked(), true);
  assert.equal(await page.getByRole("radio", { name: "Hours of my own" }).isChecked(), true);
  for (const [what, width, colorScheme] of [["wide", 1440, "light"], ["narrow", 390, "light"], ["dark", 1440, "dark"]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await isForEverybody(page);
    await picture(page, `choices ${what}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByLabel("Address").fill("hooks.slack.example");
  await page.getByRole("button", { name: "Add" }).click();
  await page.locator("#summary").getByText("This is no address that begins with https://").waitFor();
  await page.getByLabel("Address").fill("https://127.0.0.1:9/services/secret");
  await page.getByRole("button", { name: "Add" }).click();
  await page.getByRole("button", { name: /^Try: Slack/ }).click();
  await page.getByText("The address leads to this machine").waitFor();
  await page.getByRole("checkbox", { name: "Given to you: Slack" }).waitFor();
  assert.ok(!(await page.content()).includes("secret"), "what was entered is shown to nobody");
  await isForEverybody(page);
  await picture(page, "tried");
  await page.setViewportSize({ width: 390, height: 844 });
  await isForEverybody(page);
  await picture(page, "tried narrow");
  await page.getByRole("button", { name: /^Remove: Slack/ }).click();
  await page.getByRole("button", { name: /^Try: Slack/ }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Português" }).click();
  await page.getByRole("heading", { name: "O que lhe é dito" }).waitFor();
  await isForEverybody(page);
  await picture(page, "choices Portuguese");
});

once("without scripts the list is read and the choices are kept", async ({ desk, visitor }) => {
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto(desk.url);
  await actAs(page, "Bo Lindqvist");
  await page.goto(`${desk.url}/notifications/choices`);
  await page.getByRole("checkbox", { name: "Told by a playbook: Mail" }).check();
  await page.getByRole("button", { name: "Keep" }).click();
  await page.getByText("Your choices are kept.").waitFor();
});
