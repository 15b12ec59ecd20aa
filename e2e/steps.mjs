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

/** Takes the part of somebody by the demo's bar. */
export async function actAs(page, name) {
  await page.locator("#personas summary").click();
  await page.locator("#personas button", { hasText: name }).click();
  await page.locator("#personas summary", { hasText: name }).waitFor();
}

/** The row of the ticket with this number, in the list on screen. */
export const row = (page, number) => page.locator(".row", { has: page.getByText(`#${number}`, { exact: true }) });

/** Opens the list that `query` filters, and in it the ticket with this number. */
export async function openTicket(page, desk, number, query = "") {
  await page.goto(`${desk.url}/tickets${query}`);
  await row(page, number).getByRole("link").click();
  await page.locator("main[data-ticket] .ticket__number", { hasText: `#${number}` }).waitFor();
}

/** Follows the link to the ticket beside the open one, and answers with its number. */
export async function openLinked(page) {
  const number = Number((await page.locator('[aria-labelledby="block-links"] .linked__meta span').first().textContent()).slice(1));
  await page.locator('[aria-labelledby="block-links"] .linked').click();
  await page.locator("main[data-ticket] .ticket__number", { hasText: `#${number}` }).waitFor();
  return number;
}

/** Sends what is written in the composer, at once: nobody thinks better of it. */
export async function sendReply(page) {
  await page.getByRole("button", { name: "Send reply" }).click();
  await page.locator(".message--waiting").getByRole("button", { name: "Send now" }).click();
  await page.locator(".message--waiting").waitFor({ state: "detached" });
}

/** The same where nothing changes on a page by itself. */
export async function sendReplyWithoutScripts(page) {
  await page.getByRole("button", { name: "Send reply" }).click();
  await page.locator(".message--waiting").getByRole("button", { name: "Send now" }).click();
  while ((await page.locator(".message--waiting").count()) > 0) await page.reload();
}

/** Who has the open ticket. */
export const assignee = (page) => page.locator("dt", { hasText: /^Assignee$/ }).locator("+ dd").innerText();

/** Presses a choice of the open ticket. */
export async function choose(page, label) {
  await page.locator(".choices").getByRole("button", { name: label }).click();
}

/** Waits until the open ticket stands at the state of that title, which its outline shows as the present one too. */
export async function standsAt(page, state) {
  await page.locator(".ticket__state").getByText(state, { exact: true }).waitFor();
  await page.locator(".state--here, .state--within").getByText(state, { exact: true }).waitFor();
}

/** Moves the demo's clock by the button with this name. */
export async function moveClock(page, button) {
  const clock = page.locator(".demo__clock time");
  const before = await clock.getAttribute("datetime");
  await page.getByRole("button", { name: button }).click();
  await page.waitForFunction((was) => document.querySelector(".demo__clock time").dateTime !== was, before);
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
