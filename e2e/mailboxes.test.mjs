// A mailbox set up in the browser, with real mail servers (scripts/with-mail-servers): a wrong password is said where it is mended, then
// mail comes in by itself, the answer leaves through the mailbox, and what the client answers finds its ticket.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { header, actAs } from "./steps.mjs";
import { once } from "./story.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const run = promisify(execFile);
const servers = Object.fromEntries(
  ["IMAPS", "SUBMISSIONS", "MAIL_CA", "MAIL_PASSWORD", "MAIL_BOXES"].map((name) => [name, process.env[`DESKHAND_TEST_${name}`]]),
);
const story = Object.values(servers).every(Boolean) ? once : skipped;

function skipped(name) {
  assert.ok(!process.env.CI, "run it by scripts/with-mail-servers");
  test(name, { skip: "no mail servers: run it by scripts/with-mail-servers" }, () => {});
}

// The desk is told whom to believe by its environment, as a company with its own authority would.
process.env.DESKHAND_MAIL_CA = servers.MAIL_CA ?? "";

/** A client sends a mail by submission. */
async function send(from, to, lines) {
  const child = run("curl", [
    "--silent", "--show-error", "--cacert", servers.MAIL_CA, "--url", `smtps://${servers.SUBMISSIONS}`, "--user", `${from}:${servers.MAIL_PASSWORD}`,
    "--mail-from", from, "--mail-rcpt", to, "--upload-file", "-",
  ]);
  child.child.stdin.end([`From: ${from}`, `To: ${to}`, "Date: Tue, 17 Nov 2026 09:00:00 +0000", ...lines, ""].join("\r\n"));
  await child;
}

/** The first mail in a client's mailbox that holds these words; the mailboxes keep what other tests have sent. */
async function arrived(user, words) {
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

async function accessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { iframes: false }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" ")}`), []);
}

/** Fills in where the servers under test are. */
async function fillIn(page, password) {
  const [imap, smtp] = [servers.IMAPS, servers.SUBMISSIONS].map((place) => place.split(":"));
  const part = (name) => page.getByRole("region", { name });
  await part("Fetching mail").getByLabel("Server").fill(imap[0]);
  await part("Fetching mail").getByLabel("Port").fill(imap[1]);
  await part("Fetching mail").getByLabel("Password").fill(password);
  await part("Sending mail").getByLabel("Server").fill(smtp[0]);
  await part("Sending mail").getByLabel("Port").fill(smtp[1]);
}

story("an owner connects a mailbox, and mail comes and goes through it", async ({ desk, visitor }) => {
  const page = await visitor();
  await page.goto(desk.url);
  await actAs(page, "Olga Brandt");
  await page.goto(`${desk.url}/tickets`);
  await page.locator(".rail").getByRole("link", { name: "Mailboxes" }).click();
  await accessible(page);
  await page.getByRole("link", { name: "Connect a mailbox" }).click();
  await page.getByLabel("Mail address").fill("help@desk.example");
  await accessible(page);
  await page.getByRole("button", { name: "Go on" }).click();
  await fillIn(page, "wrong");
  await page.getByRole("region", { name: "Sending mail" }).getByRole("group", { name: /name\+anything/ }).getByLabel("Yes").check();
  await page.getByRole("button", { name: "Test and save" }).click();
  await page.locator(".tried__way--wrong", { hasText: "does not take this user name and password" }).first().waitFor();
  await page.locator(".field--wrong", { hasText: "does not take this user name and password" }).first().waitFor();
  assert.equal(await page.getByRole("region", { name: "Fetching mail" }).getByLabel("Server").inputValue(), "localhost", "what was entered is kept");
  const form = page.getByRole("region", { name: "Fetching mail" });
  assert.equal(await form.getByLabel("Password").getAttribute("value"), null, "but for the password, which the desk never sends back");
  await accessible(page);

  await form.getByLabel("Password").fill(servers.MAIL_PASSWORD);
  await page.getByRole("button", { name: "Only test" }).click();
  await page.locator(".tried", { hasText: "All is well" }).waitFor();
  await form.getByLabel("Password").fill(servers.MAIL_PASSWORD);
  await page.getByRole("button", { name: "Test and save" }).click();
  const shown = page.locator(".mailbox", { hasText: "help@desk.example" });
  await shown.getByText("Read until").waitFor();
  assert.ok(!(await page.content()).includes(servers.MAIL_PASSWORD));

  const promise = `It is on its way, ${randomUUID()}.`;
  await send("maria@acme.example", "help@desk.example", ["Subject: Our new logo", "Message-ID: <logo@acme.example>", "", "Can you put it on every page?"]);
  await page.goto(`${desk.url}/tickets`);
  await page.locator(".row", { hasText: "Our new logo" }).getByRole("link").click();
  await page.getByPlaceholder("Write here").fill(`Of course. ${promise}`);
  await page.getByRole("button", { name: "Send reply" }).click();
  const answer = await arrived("maria@acme.example", promise);
  assert.match(header(answer, "From"), /help@desk\.example/);
  await send("maria@acme.example", header(answer, "Reply-To").replace(/^.*<|>.*$/g, ""), ["Subject: Re: Our new logo", "Message-ID: <thanks@acme.example>", "", "Thank you, that was quick."]);
  await page.locator(".message", { hasText: "Thank you, that was quick." }).waitFor();

  await page.goto(`${desk.url}/mailboxes`);
  await page.getByRole("link", { name: "help", exact: true }).click();
  await page.getByRole("button", { name: "Pause fetching" }).click();
  await shown.getByText("Paused").waitFor();
  await page.setViewportSize({ width: 360, height: 740 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  assert.equal(wide, false, "nothing has to be scrolled sideways");
  await page.getByRole("link", { name: "help", exact: true }).click();
  await accessible(page);
  await page.getByText("Remove this mailbox").click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByText("No mailbox is connected").waitFor();
});
