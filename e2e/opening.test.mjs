// Tickets that colleagues open: for whoever is on the telephone, and to write to somebody first.
import assert from "node:assert/strict";
import { actAs, mailTo, standsAt } from "./steps.mjs";
import { once, onEachDatabase } from "./story.mjs";

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
