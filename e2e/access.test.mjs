// Everybody can use every page: no serious finding of axe, light and dark, and nothing to scroll sideways on a phone.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { findings, sideways } from "./everybody.mjs";
import { actAs, askForDocuments, deliver, mailTo, openLinked, openTicket } from "./steps.mjs";
import { once } from "./story.mjs";

const maria = { name: "Maria Quintela", email: "maria@acme.example", details: "New logo on page one, please." };
// The pictures are kept beside the tests, for people to look at.
const results = new URL("results/", import.meta.url).pathname;
mkdirSync(results, { recursive: true });
const settings = [1280, 360].flatMap((width) => ["light", "dark"].map((colorScheme) => ({ width, colorScheme })));

/** The pages to look at: for each how to come to it. They are prepared at a width at which all is in sight. */
async function pages(page, desk) {
  const viewport = page.viewportSize();
  await page.setViewportSize({ width: 1440, height: 900 });
  const number = await askForDocuments(page, desk, maria);
  const byHand = await askForDocuments(page, desk, { name: "Inês Falcão", email: "ines@borealis.example", documents: "1" });
  await openTicket(page, desk, byHand);
  const asking = page.url();
  await openTicket(page, desk, number);
  const ticket = page.url();
  await openLinked(page);
  const linked = page.url();
  const mail = await mailTo(page, desk, maria.email);
  await deliver(page, desk, await desk.token("agent"), ["To: help@desk.example", "Subject: A scan from floor 3", "Message-ID: <scan@desk.example>", "", "Your scan is attached."]);
  await page.goto(`${desk.url}/kept`);
  const kept = await page.locator(".asked__link").first().getAttribute("href");
  await page.setViewportSize(viewport);
  const go = (address) => () => page.goto(new URL(address, desk.url).href);
  return {
    home: go("/"),
    form: go("/forms/document-survey"),
    "form with mistakes": () => sendWrong(page, desk),
    list: go("/tickets"),
    "empty list": go("/tickets?status=pending"),
    ticket: () => unfold(page, ticket),
    "ticket's details": () => openDetails(page, ticket),
    "linked ticket": () => unfold(page, linked),
    "ticket that asks": () => unfold(page, asking),
    composing: () => compose(page, ticket),
    today: go("/today?of=all"),
    workload: go("/workload?team=customer-solutions"),
    "a person's tickets": go("/tickets?assignee=me&status=unfinished"),
    selection: () => select(page, desk),
    palette: () => palette(page, ticket),
    "all keys": () => allKeys(page, desk),
    keys: go("/keys"),
    "new ticket": go("/tickets/new"),
    questions: go("/questions"),
    search: go("/search"),
    "what was found": go("/search?q=acme"),
    "nothing was found": go("/search?q=zebra"),
    "search that is refused": go("/search?q=%2A"),
    "kept mail": go("/kept"),
    "a kept mail": go(kept),
    mailboxes: go("/mailboxes"),
    mails: go("/mail"),
    mail: go(mail.href),
    "sign-in": go("/sign-in"),
    404: go("/nowhere"),
    422: go("/tickets?status=half"),
  };
}

/** Two rows that are selected, with the menu of what can be done to them. */
async function select(page, desk) {
  await page.goto(`${desk.url}/tickets?view=all`);
  await page.locator(".row__pick input").nth(0).check();
  await page.locator(".row__pick input").nth(1).check();
  await page.locator("#bulk-mark summary").click();
}

/** The palette over a ticket. */
async function palette(page, address) {
  await page.goto(address);
  await page.keyboard.press("Control+k");
  await page.locator('#palette [role="option"]').first().waitFor();
}

async function allKeys(page, desk) {
  await page.goto(`${desk.url}/tickets?view=all`);
  await page.keyboard.press("?");
  await page.locator("#keys[open] .keys__line").first().waitFor();
}

async function sendWrong(page, desk) {
  await page.goto(`${desk.url}/forms/document-survey`);
  await page.getByRole("button", { name: "Send request" }).click();
  await page.locator("#summary").waitFor();
}

/** The ticket with every reason and every question unfolded. */
async function unfold(page, address) {
  await page.goto(address);
  await page.evaluate(() => document.querySelectorAll("main details").forEach((details) => (details.open = true)));
}

/** The ticket with a note begun, a file and the canned replies. */
async function compose(page, address) {
  await page.goto(address);
  await page.getByPlaceholder("Write here").fill("Begun, with a file.");
  await page.locator('input[name="files"]').setInputFiles({ name: "a-file-with-quite-a-long-name-2026-11.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
  await page.locator(".drafted:not([hidden]) [name=detach]").first().waitFor();
  await page.getByPlaceholder("Write here").focus();
  await page.locator(".composer__canned summary").click();
}

/** The ticket with its details, which are a drawer where there is no room for them beside it. */
async function openDetails(page, address) {
  await page.goto(address);
  const opener = page.locator('[data-drawer="open"]');
  if (await opener.isVisible()) await opener.click();
  await page.locator("#block-fields").waitFor();
}

for (const { width, colorScheme } of settings) {
  once(`axe finds nothing grave, ${width} px wide, ${colorScheme}`, async ({ desk, visitor }) => {
    const page = await visitor({ viewport: { width, height: 800 }, colorScheme, reducedMotion: "reduce" });
    const found = [];
    for (const [name, open] of Object.entries(await pages(page, desk))) {
      await open();
      await page.screenshot({ path: `${results}${name.replace(/[^\w]+/g, "-")}-${width}-${colorScheme}.png` });
      for (const finding of await findings(page)) found.push(`${name}: ${finding}`);
      for (const pane of await sideways(page)) found.push(`${name}: scrolls sideways: ${pane}`);
    }
    assert.deepEqual(found, []);
  });
}

once("the menus are as accessible as the pages", async ({ desk, visitor }) => {
  const page = await visitor({ viewport: { width: 360, height: 800 }, reducedMotion: "reduce" });
  await page.goto(`${desk.url}/tickets`);
  await page.locator(".list__picker").click();
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press("Escape");
  await page.locator("#personas summary").click();
  assert.deepEqual(await findings(page), []);
  assert.deepEqual(await sideways(page), []);
  await page.keyboard.press("Escape");
  await actAs(page, "Bo Lindqvist");
});
