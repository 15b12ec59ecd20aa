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
  await page.locator("a.found__link", { hasText: "maria@acme.example" }).waitFor();
  await page.locator("#search").fill("giraffe");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByText("Nothing that you may see fits “giraffe”.").waitFor();
  await page.locator("#search").fill("…");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByText("There is nothing to look for in that").waitFor();
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
  await page.goto(`${desk.url}/search`);
  await page.getByRole("link", { name: "is:open is:unassigned" }).click();
  await page.locator(".found").or(page.getByText("Nothing that you may see fits")).waitFor();
  await page.locator(".asked__chip").first().click();
  await page.waitForURL("**/search?q=is%3Aunassigned");
});

once("operators are offered while somebody types, and what was understood can be taken away", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  const number = await askForDocuments(page, desk, maria);
  await actAs(page, "Ana Prado");
  await page.goto(`${desk.url}/search`);
  await picture(page, "nothing typed yet");
  const box = page.locator("#search");
  const offers = page.getByRole("listbox", { name: "Operators" });
  await box.pressSequentially("zebra is:o");
  await offers.getByRole("option", { name: "is:open" }).waitFor();
  await picture(page, "operators offered");
  assert.equal(await box.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  assert.equal(await box.getAttribute("aria-activedescendant"), await offers.getByRole("option", { name: "is:open" }).getAttribute("id"));
  await page.keyboard.press("Enter");
  assert.equal(await box.inputValue(), "zebra is:open ");
  assert.ok(await offers.isHidden());
  await box.pressSequentially("fr");
  await offers.getByRole("option", { name: "from:" }).click();
  await box.pressSequentially("maria i");
  await offers.waitFor();
  await page.keyboard.press("Escape");
  assert.ok(await offers.isHidden(), "Escape takes what is offered away, and nothing that was typed");
  await page.keyboard.press("Backspace");
  await box.pressSequentially("-draft");
  assert.equal(await box.inputValue(), "zebra is:open from:maria -draft");
  await page.keyboard.press("Enter");
  await found(page, `#${number}`).locator("mark", { hasText: "zebra" }).waitFor();
  await picture(page, "found by operators");
  const chips = page.getByRole("list", { name: "What is asked for" }).getByRole("link");
  assert.equal(await chips.count(), 3);
  await chips.nth(1).click();
  await page.waitForURL("**/search?q=zebra%20is%3Aopen%20%2Ddraft");
  assert.equal(await box.inputValue(), "zebra is:open -draft");

  await box.fill("zebra form:maria is:opne");
  await page.keyboard.press("Enter");
  await page.getByText("“form:maria” begins with no operator").waitFor();
  await picture(page, "not understood");
  await page.getByRole("link", { name: "is:open", exact: true }).click();
  await page.waitForURL("**is%3Aopen");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(`${desk.url}/search?q=${encodeURIComponent("zebra is:open from:maria colour:red")}`);
  await picture(page, "dark");
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${desk.url}/search?q=${encodeURIComponent("is:open from:maria has:attachment -draft")}`);
  await picture(page, "nothing found, on a phone");
  await page.goto(`${desk.url}/search?q=${encodeURIComponent("zebra is:open from:maria is:opne")}`);
  await picture(page, "operators on a phone");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false);
});

once("in Portuguese the operators are the same, and Portuguese words for them too", async ({ desk, visitor, picture }) => {
  const number = await askForDocuments(await visitor(), desk, maria);
  const page = await visitor({ locale: "pt-PT" });
  await page.goto(`${desk.url}/search`);
  await picture(page, "in Portuguese, nothing typed yet");
  await page.locator("#search").pressSequentially("i");
  await page.getByRole("listbox", { name: "Operadores" }).waitFor();
  await picture(page, "in Portuguese, operators offered");
  await page.locator("#search").fill("zebra empresa:acme prioridade:normal desde:hoje");
  await page.keyboard.press("Enter");
  await found(page, `#${number}`).waitFor();
  await picture(page, "in Portuguese, found");
});
