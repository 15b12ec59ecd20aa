// A story: a test with a desk and a browser of its own, told on each database.
import { mkdir } from "node:fs/promises";
import { test } from "node:test";
import { startBrowser } from "./browser.mjs";
import { databases, startDesk } from "./desk.mjs";

const results = new URL("results/", import.meta.url).pathname;

/**
 * Tells the story on each database. `visitor` opens a browser of somebody; at the end none may have complained. `files` are put into
 * the handbook; `options` are those of the desk.
 */
export function onEachDatabase(name, story, files = {}, options = {}) {
  for (const database of databases) test(`${name} (${database})`, { timeout: 180_000 }, () => tell(database, story, files, options));
}

/** Tells the story once, on the embedded database: for what does not depend on where things are kept. */
export function once(name, story, options = {}) {
  test(name, { timeout: 180_000 }, () => tell("embedded", story, {}, options));
}

async function tell(database, story, files = {}, options = {}) {
  const desk = await startDesk(database, files, options);
  const visitors = [];
  let browser;
  try {
    browser = await startBrowser();
    const visitor = async (settings) => {
      visitors.push(await browser.visitor(settings));
      return visitors.at(-1).page;
    };
    await story({ desk, visitor });
    for (const { leave } of visitors) await leave();
  } catch (error) {
    await testify(error, desk, visitors);
    throw error;
  } finally {
    await browser?.stop();
    await desk.stop();
  }
}

/** Adds to a failure what was to be seen then: the address and the picture of each visitor, and the desk's last words. */
async function testify(error, desk, visitors) {
  await mkdir(results, { recursive: true });
  const seen = await Promise.all(visitors.map(async ({ page }, index) => {
    const picture = `failed-${process.pid}-${index}.png`;
    await page.screenshot({ path: `${results}${picture}` }).catch(() => {});
    const text = await page.locator("main").innerText({ timeout: 1000 }).catch(() => "");
    return `${page.url()} (${picture}):\n${text}`;
  }));
  error.message = [error.message, ...seen, "The desk's last words:", desk.said().slice(-4000)].join("\n");
}
