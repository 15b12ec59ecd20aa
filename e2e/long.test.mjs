// A long conversation: its newest part is shown, and the rest when somebody asks for it.
import assert from "node:assert/strict";
import { deliver, openTicket } from "./steps.mjs";
import { onEachDatabase } from "./story.mjs";

const from = "From: Tom Ashby <tom@cobalt.example>";
const messages = (page) => page.locator(".entries > .message");

/** Fourteen mails of one client on one ticket, which is answered with its number. */
async function writesOften(page, desk, token) {
  let first;
  for (let each = 1; each <= 14; each += 1) {
    const subject = first ? `Re: [#${first.ticket.number}] The import` : "The import";
    const answers = each > 1 ? [`In-Reply-To: <m${each - 1}@cobalt.example>`] : [];
    const lines = [from, "To: help@desk.example", `Subject: ${subject}`, `Message-ID: <m${each}@cobalt.example>`, ...answers, "", `Line ${each} of my log.`];
    const { ticket } = await deliver(page, desk, token, lines);
    first ??= { ticket };
    assert.equal(ticket.number, first.ticket.number);
  }
  return first.ticket.number;
}

onEachDatabase("a long conversation opens at its end, and earlier messages come in above what is being read", async ({ desk, visitor }) => {
  const page = await visitor();
  await page.goto(desk.url);
  const token = await desk.token("owner");
  const number = await writesOften(page, desk, token);
  await openTicket(page, desk, number);
  assert.equal(await messages(page).count(), 10);
  await page.locator(".message", { hasText: "Line 5 of my log." }).waitFor();

  // What arrives pushes nothing away from a page that is being read.
  const lines = [from, "To: help@desk.example", `Subject: Re: [#${number}] The import`, "Message-ID: <m15@cobalt.example>", "In-Reply-To: <m14@cobalt.example>", "", "Line 15 of my log."];
  await deliver(page, desk, token, lines);
  await page.locator(".message", { hasText: "Line 15 of my log." }).waitFor();
  assert.equal(await messages(page).count(), 11);
  await page.locator(".message", { hasText: "Line 5 of my log." }).waitFor();

  await page.locator(".thread").evaluate((thread) => (thread.scrollTop = 0));
  const read = page.locator(".message", { hasText: "Line 5 of my log." });
  const before = (await read.boundingBox()).y;
  await page.getByRole("link", { name: "Show 4 earlier messages" }).click();
  await page.locator(".message", { hasText: "Line 1 of my log." }).waitFor();
  assert.equal(await messages(page).count(), 15);
  assert.ok(Math.abs((await read.boundingBox()).y - before) < 60, "what was read stays where it was");
  await page.reload();
  assert.equal(await messages(page).count(), 15, "the address says how much is shown");
});

onEachDatabase("without scripts earlier messages are on a page of their own", async ({ desk, visitor }) => {
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto(desk.url);
  const number = await writesOften(page, desk, await desk.token("owner"));
  await openTicket(page, desk, number);
  assert.equal(await messages(page).count(), 10);
  await page.getByRole("link", { name: "Show 4 earlier messages" }).click();
  await messages(page).nth(13).waitFor();
  assert.equal(await messages(page).count(), 14);
});
