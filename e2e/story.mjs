// A story: a test with a desk and a browser of its own, told on each database.
import { mkdir } from "node:fs/promises";
import { test } from "node:test";
import { startBrowser } from "./browser.mjs";
import { databases, startDesk } from "./desk.mjs";

const results = new URL("results/", import.meta.url).pathname;

/**
 * Tells the story on each database. `visitor` opens a browser of somebody; at the end none may have complained. `picture` keeps what a
 * page shows under a name, in results/ beside the last thing that each visitor saw. `files` are put into the handbook; `options` are
 * those of the desk.
 */
export function onEachDatabase(name, story, files = {}, options = {}) {
  for (const database of databases) test(`${name} (${database})`, { timeout: 180_000 }, () => tell(database === "embedded" ? name : `${database} ${name}`, database, story, files, options));
}

/** Tells the story once, on the embedded database: for what does not depend on where things are kept. */
export function once(name, story, options = {}) {
  test(name, { timeout: 180_000 }, () => tell(name, "embedded", story, {}, options));
}

async function tell(name, database, story, files, options) {
  const desk = await startDesk(database, files, options);
  const visitors = [];
  let browser;
  try {
    browser = await startBrowser();
    const visitor = async (settings) => {
      visitors.push(await browser.visitor(settings));
      return visitors.at(-1).page;
    };
    await story({ desk, visitor, picture: (page, what) => keep(page, name, what) });
    for (const [index, { page, leave }] of visitors.entries()) {
      await keep(page, name, `end ${index + 1}`);
      await leave();
    }
  } catch (error) {
    await testify(error, name, desk, visitors);
    throw error;
  } finally {
    await browser?.stop();
    await desk.stop();
  }
}

/** Keeps what a page shows at a point of a story; the file's name. Of a page that is gone there is none. */
async function keep(page, name, what) {
  await mkdir(results, { recursive: true });
  const words = (text, length) => text.normalize("NFKD").replace(/[^\w]+/g, "-").replace(/^-+|-+$/g, "").slice(0, length);
  const file = `${words(name, 80)}--${words(what, 40)}.png`;
  await page.screenshot({ path: `${results}${file}`, timeout: 5_000 }).catch(() => {});
  return file;
}

/** Adds to a failure what was to be seen then: the address and the picture of each visitor, and the desk's last words. */
async function testify(error, name, desk, visitors) {
  const seen = await Promise.all(visitors.map(async ({ page }, index) => {
    const picture = await keep(page, name, `failed ${index + 1}`);
    const text = await page.locator("main").innerText({ timeout: 1000 }).catch(() => "");
    return `${page.url()} (${picture}):\n${text}`;
  }));
  error.message = [error.message, ...seen, "The desk's last words:", desk.said().slice(-4000)].join("\n");
}
