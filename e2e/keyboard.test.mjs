// Nothing needs a mouse: the form and the ticket by Tab and Enter, then the desk's own keys.
import assert from "node:assert/strict";
import { answered, askForDocuments, openLinked, openTicket, row, standsAt, thanked } from "./steps.mjs";
import { once } from "./story.mjs";

const maria = { name: "Maria Quintela", email: "maria@acme.example", details: "New logo on page one, please." };

/** Presses Tab until what has the focus matches the selector, and sees to it that the focus shows. */
async function tabTo(page, selector, key = "Tab") {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    await page.keyboard.press(key);
    const found = await page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
    if (!found) continue;
    const rings = await page.evaluate(() => {
      const at = document.activeElement;
      const around = [at, at.parentElement].map((element) => getComputedStyle(element).outlineStyle);
      return around.some((style) => style !== "none");
    });
    assert.ok(rings, `${selector} has a ring`);
    return;
  }
  assert.fail(`${key} never comes to ${selector}`);
}

once("a request is made and decided by Tab and Enter alone", async ({ desk, visitor }) => {
  const page = await visitor();
  await page.goto(`${desk.url}/`);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip", "the first stop skips to the content");
  await page.keyboard.press("Enter");
  await tabTo(page, '.walk a[href^="/forms/"]');
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Document survey" }).waitFor();
  for (const [name, answer] of [["requester_name", maria.name], ["requester_email", maria.email], ["documents", "1"], ["details", maria.details]]) {
    await tabTo(page, `[name="${name}"]`);
    await page.keyboard.type(answer);
  }
  await tabTo(page, ".form__end .button");
  await page.keyboard.press("Enter");
  const number = await thanked(page);

  await tabTo(page, 'main a[href="/tickets"]');
  await page.keyboard.press("Enter");
  // What is to be done stands on the ticket that the request opened beside its own.
  const beside = row(page, number + 1);
  await beside.waitFor();
  await tabTo(page, `#${await beside.getAttribute("id")} .row__link`);
  await page.keyboard.press("Enter");
  await page.locator("main[data-ticket] .ticket__number", { hasText: `#${number + 1}` }).waitFor();
  await standsAt(page, "To do");
  await tabTo(page, ".choice__button");
  await page.keyboard.press("Enter");
  await standsAt(page, "To do (publish)");
});

once("the keys move through the list, open, go back, and take notes, replies and choices", async ({ desk, visitor }) => {
  const page = await visitor();
  const support = await askForDocuments(page, desk, maria);
  await openTicket(page, desk, support);
  const linked = await openLinked(page);
  await page.goto(`${desk.url}/tickets`);
  const focused = () => page.evaluate(() => document.activeElement.querySelector(".row__number")?.textContent);

  await page.keyboard.press("j");
  assert.equal(await focused(), `#${linked}`);
  await page.keyboard.press("j");
  assert.equal(await focused(), `#${support}`);
  await page.keyboard.press("k");
  assert.equal(await focused(), `#${linked}`);
  await page.keyboard.press("Enter");
  await page.locator("main[data-ticket] .ticket__number", { hasText: `#${linked}` }).waitFor();

  await page.keyboard.press("n");
  await page.keyboard.type("c1 j n: these letters are words now.");
  await page.keyboard.press("Control+Enter");
  await page.locator(".message--note", { hasText: "c1 j n: these letters are words now." }).waitFor();
  await answered(page);
  await page.keyboard.press("Tab");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("c");
  await page.keyboard.press("1");
  await standsAt(page, "To do (publish)");
  await answered(page);

  await page.keyboard.press("]");
  await page.locator("main[data-ticket] .ticket__number", { hasText: `#${support}` }).waitFor();
  await page.keyboard.press("w");
  await page.locator(".entries details[open] .why", { hasText: "playbooks/document-change.yaml:" }).waitFor();
  await page.keyboard.press("r");
  await page.keyboard.type("We are at it.");
  await page.keyboard.press("Control+Enter");
  await page.locator(".message--reply", { hasText: "We are at it." }).waitFor();
  await answered(page);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("r");
  await page.keyboard.type("/ready to test f");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.value?.startsWith("Dear Maria"));
  const chooser = page.waitForEvent("filechooser");
  await tabTo(page, 'input[name="files"]');
  await page.keyboard.press("Enter");
  await (await chooser).setFiles({ name: "by-key.txt", mimeType: "text/plain", buffer: Buffer.from("by key") });
  await page.locator('[name="detach"]').waitFor();
  await tabTo(page, '[name="detach"]', "Shift+Tab");
  await tabTo(page, ".composer__submit");
  await page.keyboard.press("Enter");
  await page.locator(".message--reply .attachment", { hasText: "by-key.txt" }).waitFor();
  await answered(page);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("g");
  await page.keyboard.press("w");
  await page.getByRole("heading", { name: "By person" }).waitFor();
  await tabTo(page, ".tab");
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await page.locator(".list--wide[data-query] .row__link").first().waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.locator("main[data-ticket]").waitFor();
  await page.keyboard.press("u");
  await page.locator(".list--wide[data-query] .row__link").first().waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("m");
  await page.getByRole("heading", { name: "Mail catcher" }).waitFor();
});
