// What people do on the pages, by what they see there.
import assert from "node:assert/strict";

/** Fills in the survey of documents as somebody by mail address, and answers with the number of the ticket. */
export async function askForDocuments(page, desk, { name, email, documents = "1", details = "", test = false }) {
  await page.goto(`${desk.url}/forms/document-survey`);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Your mail address").fill(email);
  await page.getByLabel("How many documents?").fill(documents);
  await page.getByLabel("What should change?").fill(details);
  if (test) await page.getByRole("radio", { name: "Yes" }).check();
  await page.getByRole("button", { name: "Send request" }).click();
  return thanked(page);
}

/** The number that the thanks name. */
export async function thanked(page) {
  const heading = page.getByRole("heading", { name: /number \d+/ });
  await heading.waitFor();
  return Number(/number (\d+)/.exec(await heading.textContent())[1]);
}

/** Takes the part of somebody by the demo's bar, whose menu folds as the page comes: who has that part already is played anew. */
export async function actAs(page, name) {
  await page.locator("#personas summary").click();
  await page.locator("#personas button", { hasText: name }).click();
  await page.locator("#personas:not([open]) summary", { hasText: name }).waitFor();
}

/** The row of the ticket with this number, in the list on screen. */
export const row = (page, number) => page.locator(".row", { has: page.getByText(`#${number}`, { exact: true }) });

/** Opens the list that `query` filters, and in it the ticket with this number. */
export async function openTicket(page, desk, number, query = "") {
  await page.goto(`${desk.url}/tickets${query}`);
  await row(page, number).getByRole("link").click();
  await page.locator("main[data-ticket] .ticket__number", { hasText: `#${number}` }).waitFor();
}

/** Follows the link to the ticket beside the open one, once that has begun, and answers with its number. */
export async function openLinked(page) {
  const number = Number((await page.locator('[aria-labelledby="block-links"] .linked__meta span').first().textContent()).slice(1));
  await page.locator('[aria-labelledby="block-links"] .linked').click();
  await page.locator("main[data-ticket] .ticket__number", { hasText: `#${number}` }).waitFor();
  await page.locator(".state--here, .state--within").first().waitFor();
  return number;
}

/**
 * Waits until the page has what was asked for last. News may show what came of it before; but an answer takes the place of the page, also of
 * what was gone to or written since.
 */
export const answered = (page) => page.waitForFunction(() => !window.awaited);

/** Waits until the field of the composer holds exactly these words. */
export const holds = (page, words) => page.waitForFunction((expected) => document.querySelector(".composer__body")?.value === expected, words);

/** Sends what is written in the composer, at once: nobody thinks better of it. */
export async function sendReply(page) {
  await page.getByRole("button", { name: "Send reply" }).click();
  await answered(page);
  await page.locator(".message--waiting").getByRole("button", { name: "Send now" }).click();
  await page.locator(".message--waiting").waitFor({ state: "detached" });
  await answered(page);
}

/** The same where nothing changes on a page by itself, which may have been made while the reply was leaving. */
export async function sendReplyWithoutScripts(page) {
  const said = page.locator(".message--reply:not(.message--waiting)");
  await page.getByRole("button", { name: "Send reply" }).click();
  const sendNow = page.locator(".message--waiting").getByRole("button", { name: "Send now" });
  await sendNow.waitFor();
  const before = await said.count();
  await sendNow.click();
  do await page.reload();
  while ((await page.locator(".message--waiting").count()) > 0 || (await said.count()) === before);
}

/** Looks again, where nothing changes on a page by itself, until this is on it. */
export async function reloadUntil(page, wanted) {
  while ((await wanted.count()) === 0) await page.reload();
}

/** Who has the open ticket. */
export const assignee = (page) => page.locator("dt", { hasText: /^Assignee$/ }).locator("+ dd").innerText();

/** Presses a choice of the open ticket, and has its page. */
export async function choose(page, label) {
  await page.locator(".choices").getByRole("button", { name: label }).click();
  await answered(page);
}

/** Waits until the open ticket stands at the state of that title, which its outline shows as the present one too. */
export async function standsAt(page, state) {
  await page.locator(".ticket__state").getByText(state, { exact: true }).waitFor();
  await page.locator(".state--here, .state--within").getByText(state, { exact: true }).waitFor();
}

/** Moves the demo's clock by the button with this name. A page that was on its way shows a later time too, but not as late a one. */
export async function moveClock(page, button) {
  const clock = page.locator(".demo__clock time");
  const before = await clock.getAttribute("datetime");
  const advance = page.getByRole("button", { name: button });
  const least = Number(await advance.getAttribute("value")) || 0;
  await clock.evaluate((time) => (time.dateTime = ""));
  await advance.click();
  await page.waitForFunction(([was, seconds]) => new Date(document.querySelector(".demo__clock time").dateTime) - new Date(was) >= seconds * 1000, [before, least]);
  return [before, await clock.getAttribute("datetime")].map((at) => new Date(at));
}

/** The mails in the catcher to somebody, newest first: subject, address, and raw text. */
export async function mailsTo(page, desk, email) {
  await page.goto(`${desk.url}/mail`);
  const rows = await page.locator(".rows .row__link", { hasText: email }).all();
  const mails = await Promise.all(rows.map(async (link) => ({
    subject: await link.locator(".row__subject").innerText(),
    href: await link.getAttribute("href"),
  })));
  return Promise.all(mails.map(async (mail) => {
    const raw = await page.request.get(`${desk.url}${mail.href}/raw`);
    assert.equal(raw.status(), 200);
    return { ...mail, raw: await raw.text() };
  }));
}

/** The newest mail to somebody once there are so many. What is sent leaves after the page has answered, so the catcher is looked into until then. */
export async function mailTo(page, desk, email, count = 1) {
  for (let looks = 0; looks < 50; looks += 1) {
    const mails = await mailsTo(page, desk, email);
    if (mails.length >= count) return mails[0];
  }
  throw new Error(`there are not ${count} mails to ${email}`);
}

/** Delivers a mail to the desk by its API, and answers with what became of it. */
export async function deliver(page, desk, token, lines) {
  const answer = await page.request.post(`${desk.url}/api/v1/inbound/mail`, {
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "message/rfc822" },
    data: lines.join("\r\n"),
  });
  assert.equal(answer.status(), 202, await answer.text());
  return answer.json();
}

/** The value of a header in a raw mail, unfolded (RFC 5322, section 2.2.3). */
export function header(raw, name) {
  const head = raw.split(/\r?\n\r?\n/, 1)[0].replace(/\r?\n[ \t]+/g, " ");
  return new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1].trim();
}
