// Tickets that colleagues open: for whoever is on the telephone, and to write to somebody first.
import assert from "node:assert/strict";
import { actAs, mailTo, standsAt } from "./steps.mjs";
import { once, onEachDatabase } from "./story.mjs";

/** A procedure that asks for something when one of its tickets is opened. */
const visit = `language: 1
playbook: visit
title: { en: Visit, pt: Visita }
team: support
opens:
  - hand:
    ask: [ place, people, indoors ]
    require: [ place, day ]
fields:
  place: { type: text, max_length: 60, label: { en: Where, pt: Onde } }
  people: { type: list, label: Who comes along }
  indoors: { type: boolean, label: Indoors }
  day: { type: date, label: { en: On which date, pt: Em que data } }
initial: planned
states:
  planned: { title: Planned, choices: { over: { label: Over, target: over } } }
  over: { type: final }
`;
const files = { "playbooks/visit.yaml": visit };
const plan = (name) => ({ name, mimeType: "text/plain", buffer: Buffer.from(name) });

onEachDatabase("a colleague takes down what somebody says on the telephone, by the keyboard", async ({ desk, visitor, picture }) => {
  const page = await visitor({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${desk.url}/tickets`);
  await actAs(page, "Ana Prado");
  await page.goto(`${desk.url}/tickets`);
  await page.keyboard.press("o");
  await page.getByRole("heading", { name: "New ticket" }).waitFor();
  const email = page.getByLabel("For whom");
  await email.focus();
  // Whom the desk knows is offered with their name and organization.
  const answered = page.waitForResponse((response) => response.url().includes("/tickets/new/people"));
  await page.keyboard.type("quintela");
  await answered;
  const offer = page.locator('datalist option[value="maria@acme.example"]');
  await offer.waitFor({ state: "attached" });
  assert.match(await offer.textContent(), /^Maria Quintela · Acme/);
  await email.fill("maria@acme.example");
  await page.getByLabel("Subject").fill("The keys of the shop");
  await page.getByLabel("The words").fill("She called. Where are they?");
  await picture(page, "telephone");
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "Open the ticket" }).press("Enter");
  await page.locator(".ticket__subject", { hasText: "The keys of the shop" }).waitFor();
  await standsAt(page, "Open");
  await page.locator(".owner__button", { hasText: "Ana Prado" }).waitFor();
  await page.locator(".message", { hasText: "Where are they?" }).getByText("Maria Quintela").first().waitFor();
  assert.equal(await page.locator(".message--waiting").count(), 0, "nothing is sent");
  await picture(page, "opened");
});

onEachDatabase("a colleague writes to somebody first, from their page, and the answer comes back to the ticket", async ({ desk, visitor, picture }) => {
  const page = await visitor({ viewport: { width: 1280, height: 860 } });
  await page.goto(`${desk.url}/tickets`);
  await actAs(page, "Ana Prado");
  await page.goto(`${desk.url}/contacts?q=maria`);
  await page.locator(".client__link", { hasText: "Maria Quintela" }).first().click();
  await page.locator(".client__head").getByRole("link", { name: "New ticket" }).click();
  assert.equal(await page.getByLabel("For whom").inputValue(), "maria@acme.example");
  await page.getByLabel("Subject").fill("Your visit on Thursday");
  await page.getByLabel("I write to them").check();
  await page.getByLabel("The words").fill("Shall we say ten?");
  await page.getByRole("button", { name: "Open the ticket" }).click();
  const waiting = page.locator(".message--waiting", { hasText: "Shall we say ten?" });
  await waiting.waitFor();
  await picture(page, "about to leave");
  await waiting.getByRole("button", { name: "Send now" }).click();
  await waiting.waitFor({ state: "detached" });
  await standsAt(page, "Waiting for the customer");
  const mail = await mailTo(page, desk, "maria@acme.example");
  assert.match(mail.subject, /Your visit on Thursday/);
});

once("what is wrong with a new ticket comes back with everything that was entered, without scripts too", async ({ desk, visitor, picture }) => {
  const page = await visitor({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  await page.goto(`${desk.url}/tickets/new`);
  await page.getByLabel("For whom").fill("nobody");
  await page.getByLabel("The words").fill("Hello");
  await page.getByRole("button", { name: "Open the ticket" }).click();
  await page.locator("#summary").waitFor();
  await picture(page, "wrong");
  assert.deepEqual(await page.locator("#summary a").allInnerTexts().then((texts) => texts.length), 2, "all that is wrong is said at once");
  assert.equal(await page.getByLabel("The words").inputValue(), "Hello");
  await page.getByLabel("For whom").fill("rui@borealis.example");
  await page.getByLabel("Subject").fill("A task");
  await page.getByLabel("Task for a client").check();
  await page.getByRole("button", { name: "Open the ticket" }).click();
  await page.locator(".ticket__subject", { hasText: "A task" }).waitFor();
});

onEachDatabase("what a procedure asks is filled in as a ticket is opened, and files go along", async ({ desk, visitor, picture }) => {
  const page = await visitor({ viewport: { width: 1280, height: 1100 } });
  await page.goto(`${desk.url}/tickets`);
  await actAs(page, "Ana Prado");
  await page.goto(`${desk.url}/tickets/new`);
  const place = page.getByLabel("Where");
  assert.equal(await place.count(), 0, "an ordinary request asks nothing");
  await page.getByLabel("Visit").check();
  await place.fill("The shop");
  await page.getByLabel("General request").check();
  await place.waitFor({ state: "detached" });
  await page.getByLabel("Visit").check();
  assert.equal(await place.inputValue(), "The shop", "what was entered comes back with the choice");
  await page.getByLabel("Who comes along").fill("Rui\nEva");
  await page.getByLabel("For whom").fill("maria@acme.example");
  await page.getByLabel("Subject").fill("They come by");
  await page.getByLabel("The words").fill("On the telephone.");
  await page.getByLabel("Files").setInputFiles([plan("plan.txt")]);
  await page.getByRole("button", { name: "Open the ticket" }).click();
  // The day is missing, and a browser gives files once.
  await page.locator("#summary a").nth(1).waitFor();
  assert.deepEqual(await page.locator("#summary a").allInnerTexts(), ["Please answer this.", "Choose the files again, they were not kept: plan.txt"]);
  await picture(page, "wrong");
  await page.getByLabel("On which date").fill("2026-12-01");
  await page.getByLabel("Files").setInputFiles([plan("plan.txt"), plan("keys.txt")]);
  await page.getByRole("button", { name: "Open the ticket" }).click();
  await page.locator(".ticket__subject", { hasText: "They come by" }).waitFor();
  await page.locator(".message", { hasText: "On the telephone." }).locator(".attachment", { hasText: "keys.txt" }).waitFor();
  const facts = page.locator(".context");
  for (const said of ["The shop", "Rui, Eva", "1 Dec 2026"]) await facts.getByText(said, { exact: true }).waitFor();
  await picture(page, "opened");
}, files);

onEachDatabase("without scripts a procedure is looked at for what it asks, and the first mail takes its files along", async ({ desk, visitor, picture }) => {
  const page = await visitor({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  await page.goto(`${desk.url}/tickets/new`);
  await page.getByLabel("For whom").fill("rui@borealis.example");
  await page.getByLabel("Visit").check();
  await page.getByRole("button", { name: "Show what it asks" }).click();
  await page.getByLabel("Where").waitFor();
  assert.equal(await page.locator("#summary").count(), 0, "nobody has made a mistake yet");
  assert.equal(await page.getByLabel("For whom").inputValue(), "rui@borealis.example");
  await page.getByLabel("Where").fill("Their office");
  await page.getByLabel("On which date").fill("");
  await page.getByLabel("Subject").fill("We come by");
  await page.getByLabel("I write to them").check();
  await page.getByLabel("The words").fill("The plan is with it.");
  await page.getByRole("button", { name: "Open the ticket" }).click();
  await page.locator("#summary a", { hasText: "Please answer this." }).waitFor();
  await picture(page, "wrong");
  await page.getByLabel("On which date").fill("2026-12-02");
  await page.getByLabel("Files").setInputFiles([plan("plan.txt")]);
  await page.getByRole("button", { name: "Open the ticket" }).click();
  const waiting = page.locator(".message--waiting", { hasText: "The plan is with it." });
  await waiting.getByText("plan.txt").waitFor();
  await picture(page, "about to leave");
}, files);
