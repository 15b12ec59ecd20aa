// A browser whose pages may complain about nothing: errors, warnings, failed requests and policy violations are collected.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const options = {
  executablePath: process.env.DESKHAND_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run"],
};

/** Starts the browser; `visitor` is somebody with cookies and complaints of their own. */
export async function startBrowser() {
  const browser = await chromium.launch(options);
  return {
    visitor: (settings) => visitor(browser, settings),
    stop: () => browser.close(),
  };
}

async function visitor(browser, settings) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", timezoneId: "Europe/Lisbon", ...settings });
  context.setDefaultTimeout(15_000);
  const complaints = [];
  context.on("page", (page) => listen(page, complaints));
  // The policy's own report, beside what the console says of it.
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  // How many answers a page waits for, which take its place when they come.
  await context.addInitScript(() => {
    window.awaited = 0;
    document.addEventListener("htmx:before:request", () => (window.awaited += 1));
    document.addEventListener("htmx:finally:request", () => (window.awaited -= 1));
  });
  const page = await context.newPage();
  return { context, page, complaints, leave: () => leave(context, complaints) };
}

function listen(page, complaints) {
  const add = (words) => complaints.push(`${new URL(page.url()).pathname}: ${words}`);
  page.on("pageerror", (error) => add(error.stack ?? error.message));
  page.on("console", (message) => {
    // A refused form comes back as 422, which the browser reports as a failed resource.
    if (["error", "warning"].includes(message.type()) && !/status of (404|409|410|422)/.test(message.text())) add(message.text());
  });
  page.on("response", (response) => {
    if (response.status() >= 500) add(`${response.status()} for ${response.url()}`);
  });
}

/** Ends the visit, which must have been a quiet one. */
async function leave(context, complaints) {
  await context.close();
  assert.deepEqual(complaints, []);
}
