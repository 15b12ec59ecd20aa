// Real mail servers (scripts/with-mail-servers) as a story uses them: a client sends by submission and reads in their own mailbox.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { header } from "./steps.mjs";

const run = promisify(execFile);

/** Where they are: `IMAPS`, `SUBMISSIONS`, `MAIL_CA`, `MAIL_PASSWORD`, `MAIL_TOKEN`, `MAIL_BOXES`. */
export const servers = Object.fromEntries(
  ["IMAPS", "SUBMISSIONS", "MAIL_CA", "MAIL_PASSWORD", "MAIL_TOKEN", "MAIL_BOXES"].map((name) => [name, process.env[`DESKHAND_TEST_${name}`]]),
);
const given = Object.values(servers).every(Boolean);

// The desk is told whom to believe by its environment, as a company with its own authority would.
process.env.DESKHAND_MAIL_CA = servers.MAIL_CA ?? "";

/** The way to tell a story (`once`, `onEachDatabase`) where there are servers; it is passed over elsewhere, but not by the checks. */
export function withMailServers(tell) {
  return given ? tell : skipped;
}

function skipped(name) {
  assert.ok(!process.env.CI, "run it by scripts/with-mail-servers");
  test(name, { skip: "no mail servers: run it by scripts/with-mail-servers" }, () => {});
}

/** Somebody sends a mail by submission. */
export async function send(from, to, lines) {
  const child = run("curl", [
    "--silent", "--show-error", "--cacert", servers.MAIL_CA, "--url", `smtps://${servers.SUBMISSIONS}`, "--user", `${from}:${servers.MAIL_PASSWORD}`,
    "--mail-from", from, "--mail-rcpt", to, "--upload-file", "-",
  ]);
  child.child.stdin.end([`From: ${from}`, `To: ${to}`, "Date: Tue, 17 Nov 2026 09:00:00 +0000", ...lines, ""].join("\r\n"));
  await child;
}

/** Every mail in somebody's mailbox, in no order. */
async function mails(user) {
  const folder = join(servers.MAIL_BOXES, ...user.split("@").reverse(), "Maildir");
  const raws = [];
  for (const place of ["new", "cur"]) {
    for (const name of await readdir(join(folder, place)).catch(() => [])) raws.push(await readFile(join(folder, place, name), "utf8"));
  }
  return raws;
}

/** The first mail in somebody's mailbox that holds these words. The mailboxes keep what other tests have sent. */
export async function arrived(user, words) {
  for (let looks = 0; looks < 200; looks += 1) {
    const found = (await mails(user)).find((raw) => plain(raw).includes(words));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${words} never came to ${user}`);
}

/** How many mails in somebody's mailbox hold these words, once there are at least `expected`. */
export async function countOf(user, words, expected) {
  let count = 0;
  for (let looks = 0; looks < 200; looks += 1) {
    count = (await mails(user)).filter((raw) => plain(raw).includes(words)).length;
    if (count >= expected) return count;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return count;
}

/** Somebody answers a mail that they got, where it asks to be answered. */
export async function answer(user, mail, words) {
  const to = (header(mail, "Reply-To") ?? header(mail, "From")).replace(/^.*<|>.*$/g, "");
  const id = header(mail, "Message-ID");
  await send(user, to, [
    `Subject: Re: ${header(mail, "Subject")}`, `Message-ID: <${crypto.randomUUID()}@acme.example>`, `In-Reply-To: ${id}`, `References: ${id}`,
    "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "", words,
  ]);
}

/** A mail's text as its reader sees it: quoted-printable undone (RFC 2045, section 6.7), line breaks as blanks. */
export function plain(raw) {
  const bytes = raw.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8").replace(/\s+/g, " ");
}

/** Connects a mailbox on the page where it is set up, from its address on. */
export async function connectMailbox(page, desk, address) {
  await page.goto(`${desk.url}/mailboxes`);
  await page.getByRole("link", { name: "Connect a mailbox" }).click();
  await page.getByLabel("Mail address").fill(address);
  await page.getByRole("button", { name: "Go on" }).click();
  await fillInServers(page, servers.MAIL_PASSWORD);
  await page.getByRole("region", { name: "Sending mail" }).getByRole("group", { name: /name\+anything/ }).getByLabel("Yes").check();
  await page.getByRole("button", { name: "Test and save" }).click();
  await page.locator(".mailbox", { hasText: address }).getByText("Read until").waitFor();
}

/** Fills in where the servers under test are, and the password where one signs in. */
export async function fillInServers(page, password) {
  const [imap, smtp] = [servers.IMAPS, servers.SUBMISSIONS].map((place) => place.split(":"));
  const part = (name) => page.getByRole("region", { name });
  await part("Fetching mail").getByLabel("Server").fill(imap[0]);
  await part("Fetching mail").getByLabel("Port").fill(imap[1]);
  if (password) await part("Fetching mail").getByLabel("Password").fill(password);
  await part("Sending mail").getByLabel("Server").fill(smtp[0]);
  await part("Sending mail").getByLabel("Port").fill(smtp[1]);
}
