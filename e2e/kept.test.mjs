// Mail that was set aside is counted beside "Kept mail" wherever somebody works, as it comes, until somebody has looked at it.
import assert from "node:assert/strict";
import { isForEverybody } from "./everybody.mjs";
import { actAs, answered, deliver } from "./steps.mjs";
import { once } from "./story.mjs";

once("a mail that nobody wrote waits beside the tickets until somebody says that nothing is to be done", async ({ desk, visitor }) => {
  const page = await visitor();
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  await page.goto(`${desk.url}/tickets`);
  const count = page.locator(".rail [data-kept]");
  assert.equal(await count.isVisible(), false, "nothing waits");
  const token = await desk.token("agent");
  const bring = (subject) => deliver(page, desk, token, ["To: help@desk.example", `Subject: ${subject}`, "", "It does not say who wrote it."]);
  await bring("The scanner on floor 3");
  await count.getByText("1", { exact: true }).waitFor();
  await bring("The scanner on floor 4");
  await count.getByText("2", { exact: true }).waitFor();

  await page.locator(".rail").getByRole("link", { name: /Kept mail/ }).click();
  await page.locator(".asked__link").nth(1).waitFor();
  await bring("The scanner on floor 5");
  await page.locator(".asked__link").nth(2).waitFor();
  for (const left of ["2", "1"]) {
    await page.locator(".asked__link", { hasText: "Set aside" }).first().click();
    await page.getByRole("button", { name: "Nothing is to be done" }).waitFor();
    await isForEverybody(page);
    await page.getByRole("button", { name: "Nothing is to be done" }).click();
    await count.getByText(left, { exact: true }).waitFor();
    await answered(page);
  }
  await page.locator(".asked__link", { hasText: "Set aside" }).click();
  await page.getByLabel("Whose mail is it?").fill("maria@acme.example");
  await page.getByRole("button", { name: "Open a ticket of it" }).click();
  await page.getByText("It does not say who wrote it.").first().waitFor();
  await count.waitFor({ state: "hidden" });
});
