// The mail servers that scripts/with-mail-servers starts, as the stories use them.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { once } from "./story.mjs";

const run = promisify(execFile);
export const servers = Object.fromEntries(
  ["IMAPS", "SUBMISSIONS", "MAIL_CA", "MAIL_PASSWORD", "MAIL_TOKEN", "MAIL_BOXES"].map((name) => [name, process.env[`DESKHAND_TEST_${name}`]]),
);
export const story = Object.values(servers).every(Boolean) ? once : skipped;

function skipped(name) {
  assert.ok(!process.env.CI, "run it by scripts/with-mail-servers");
  test(name, { skip: "no mail servers: run it by scripts/with-mail-servers" }, () => {});
}

// The desk is told whom to believe by its environment, as a company with its own authority would.
process.env.DESKHAND_MAIL_CA = servers.MAIL_CA ?? "";

/** A client sends a mail by submission. */
export async function send(from, to, lines) {
  const child = run("curl", [
    "--silent", "--show-error", "--cacert", servers.MAIL_CA, "--url", `smtps://${servers.SUBMISSIONS}`, "--user", `${from}:${servers.MAIL_PASSWORD}`,
    "--mail-from", from, "--mail-rcpt", to, "--upload-file", "-",
  ]);
  child.child.stdin.end([`From: ${from}`, `To: ${to}`, "Date: Tue, 17 Nov 2026 09:00:00 +0000", ...lines, ""].join("\r\n"));
  await child;
}

/** The first mail in a client's mailbox that holds these words; the mailboxes keep what other tests have sent. */
export async function arrived(user, words) {
  const folder = join(servers.MAIL_BOXES, ...user.split("@").reverse(), "Maildir");
  for (let looks = 0; looks < 150; looks += 1) {
    for (const place of ["new", "cur"]) {
      for (const name of await readdir(join(folder, place)).catch(() => [])) {
        const raw = await readFile(join(folder, place, name), "utf8");
        if (raw.includes(words)) return raw;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${words} never came to ${user}`);
}

/** Fills in where the servers under test are, and the password where one signs in. */
export async function fillIn(page, password) {
  const [imap, smtp] = [servers.IMAPS, servers.SUBMISSIONS].map((place) => place.split(":"));
  const part = (name) => page.getByRole("region", { name });
  await part("Fetching mail").getByLabel("Server").fill(imap[0]);
  await part("Fetching mail").getByLabel("Port").fill(imap[1]);
  if (password) await part("Fetching mail").getByLabel("Password").fill(password);
  await part("Sending mail").getByLabel("Server").fill(smtp[0]);
  await part("Sending mail").getByLabel("Port").fill(smtp[1]);
}
