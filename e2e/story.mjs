// A story: a test with a desk and a browser of its own, told on each database.
import { test } from "node:test";
import { startBrowser } from "./browser.mjs";
import { databases, startDesk } from "./desk.mjs";

/** Tells the story on each database, with the handbook of `setting` where it names one. `visitor` opens a browser of somebody; at the end none may have complained. */
export function onEachDatabase(name, story, setting) {
  for (const database of databases) test(`${name} (${database})`, { timeout: 180_000 }, () => tell(database, story, setting));
}

/** Tells the story once, on the embedded database: for what does not depend on where things are kept. */
export function once(name, story) {
  test(name, { timeout: 180_000 }, () => tell("embedded", story));
}

async function tell(database, story, setting) {
  const desk = await startDesk(database, setting);
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
  } finally {
    await browser?.stop();
    await desk.stop();
  }
}
