// The search: by key and by hand, from a word to where it stands, on a desk and on a phone, with scripts and without.
import assert from "node:assert/strict";
import { actAs, askForDocuments, openTicket } from "./steps.mjs";
import { once } from "./story.mjs";

const maria = { name: "Maria Quintela", email: "maria@acme.example", details: "Please put the zebra on page one." };
const found = (page, words) => page.locator(".found__link", { hasText: words });

once("a slash leads to the box, a word to its message, and the message is in sight", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  const number = await askForDocuments(page, desk, maria);
  await actAs(page, "Ana Prado");
  await page.goto(`${desk.url}/tickets`);
  await page.keyboard.press("/");
  await page.waitForFunction(() => document.activeElement.name === "q");
  await page.keyboard.type("ZEBRA pa");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/search?q=ZEBRA+pa");
  await found(page, "Document Survey: Acme Lending").first().locator("mark", { hasText: "zebra" }).waitFor();
  assert.equal(await page.locator("#search").inputValue(), "ZEBRA pa", "what was typed stays");
  assert.match(await page.title(), /ZEBRA pa/);
  await picture(page, "found");
  const numbers = await page.locator(".found__number").allInnerTexts();
  assert.ok(numbers.includes(`#${number}`));
  await found(page, `#${number}`).click();
  await page.locator("main[data-ticket] .ticket__number", { hasText: `#${number}` }).waitFor();
  const [id] = /message-\d+$/.exec(page.url());
  assert.ok(await page.locator(`#${id}`).isVisible());
  await page.goBack();
  await found(page, "zebra").first().waitFor();

  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("/");
  await page.keyboard.type("acme");
  await page.keyboard.press("Enter");
  await page.locator("div.found__link", { hasText: "maria@acme.example" }).waitFor();
  await page.locator("#search").fill("giraffe");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByText("Nothing that you may see holds “giraffe”.").waitFor();
  await page.locator("#search").fill("…");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByText("There is no word in that").waitFor();
});

once("in the text of a reply a slash is a slash, and on a phone a lens leads to the search", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  const number = await askForDocuments(page, desk, maria);
  await openTicket(page, desk, number);
  await page.getByPlaceholder("Write here").click();
  await page.keyboard.type("either/or");
  assert.equal(await page.getByPlaceholder("Write here").inputValue(), "either/or");

  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${desk.url}/tickets`);
  await page.locator(".list__preferences").getByRole("link", { name: "Search" }).click();
  await page.locator("#search").fill("zebra");
  await page.keyboard.press("Enter");
  await found(page, "zebra").first().waitFor();
  await picture(page, "on a phone");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false);
});

once("it works without scripts", async ({ desk, visitor }) => {
  const page = await visitor({ javaScriptEnabled: false });
  await askForDocuments(page, desk, maria);
  await page.goto(`${desk.url}/tickets`);
  await page.getByRole("searchbox").fill("zebra");
  await page.keyboard.press("Enter");
  await found(page, "zebra").first().click();
  await page.locator("main[data-ticket]").waitFor();
});
