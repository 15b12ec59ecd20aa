// What every page owes everybody: axe finds nothing that keeps somebody out, and nothing has to be scrolled sideways.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const standard = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };

/** What axe finds in a page at rest: colours on their way (a pointer that comes to stand over a button as the page narrows) are nobody's to read. */
async function violations(page, options) {
  await page.emulateMedia({ reducedMotion: "reduce" });
  // Out of reach of the page's policy, like an extension of the browser.
  await page.evaluate(axe);
  return (await page.evaluate((options) => window.axe.run(document, options), options)).violations;
}

/** Fails unless the page breaks no rule of the standard and is no wider than its window. */
export async function isForEverybody(page) {
  assert.deepEqual((await violations(page, {})).map(({ id, nodes }) => [id, nodes.map((node) => node.html)]), []);
  assert.deepEqual(await sideways(page), []);
}

/** What is grave on the page by any of axe's rules, a line each; what a mail holds is its writer's. */
export async function findings(page) {
  const grave = (await violations(page, { iframes: false })).filter(({ impact }) => ["serious", "critical"].includes(impact));
  return grave.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`);
}

/** What has to be scrolled sideways, a line each: the page or a pane, by how much, and what sticks out of it. */
export const sideways = (page) => page.evaluate(() => {
  const name = (element) => `${element.localName}.${[...element.classList].join(".")}`;
  const panes = [document.documentElement, ...document.querySelectorAll(".list__body, .thread, .mail, .choices, .composer, .drafted")];
  return panes.filter((pane) => pane.scrollWidth > pane.clientWidth + 1).map((pane) => {
    const edge = pane.getBoundingClientRect().left + pane.clientWidth;
    const out = [...pane.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > edge + 1);
    return `${name(pane)} by ${pane.scrollWidth - pane.clientWidth} px: ${out.slice(0, 5).map(name).join(" ")}`;
  });
});
