// Two colleagues at one desk: who is here, what is being sent, and tickets that belong together.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { isForEverybody } from "./everybody.mjs";
import { actAs, answered, deliver, holds, mailsTo, mailTo, moveClock, openTicket, standsAt } from "./steps.mjs";
import { once, onEachDatabase } from "./story.mjs";

const results = new URL("results/", import.meta.url).pathname;
mkdirSync(results, { recursive: true });
const composer = (page) => page.getByPlaceholder("Write here");
const waiting = (page) => page.locator(".message--waiting");
const related = (page, subject) => page.locator('[aria-labelledby="block-related"] .linked', { hasText: subject });

/** A mail from Tom that opens a ticket; its number. */
async function asks(page, desk, token, id, subject, text) {
  const lines = ["From: Tom Ashby <tom@cobalt.example>", "To: help@desk.example", `Subject: ${subject}`, `Message-ID: <${id}@cobalt.example>`, "", text];
  const { ticket } = await deliver(page, desk, token, lines);
  return { number: ticket.number, id: ticket.id };
}

async function colleagues(desk, visitor, number) {
  const [ana, bo] = [await visitor(), await visitor()];
  for (const [page, name] of [[ana, "Ana Prado"], [bo, "Bo Lindqvist"]]) {
    await page.goto(desk.url);
    await actAs(page, name);
    await openTicket(page, desk, number);
  }
  return [ana, bo];
}

/** Presses an entry of the menu under the three dots. */
async function more(page, label, fill) {
  await page.locator(".more > summary").click();
  await fill?.();
  await page.locator(".more").getByRole("button", { name: label, exact: true }).click();
}

onEachDatabase("a reply is taken back, sent at once, sent later, and held when the client writes", async ({ desk, visitor }) => {
  const setting = await visitor();
  const token = await desk.token("owner");
  const { number } = await asks(setting, desk, token, "one", "A question", "Which plan?");
  const [ana, bo] = await colleagues(desk, visitor, number);

  await composer(ana).fill("The *small* one.");
  await ana.getByRole("button", { name: "Send reply" }).click();
  await waiting(ana).getByText("Being sent in a moment").waitFor();
  await waiting(bo).getByText("small").waitFor();
  await answered(ana);
  assert.equal(await composer(ana).inputValue(), "");
  await ana.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await waiting(ana).waitFor({ state: "detached" });
  await holds(ana, "The *small* one.");
  await ana.waitForFunction(() => document.activeElement.matches(".composer__body"));
  await waiting(bo).waitFor({ state: "detached" });
  assert.equal((await mailsTo(setting, desk, "tom@cobalt.example")).length, 0);

  await ana.getByRole("button", { name: "Look at how it will be read" }).click();
  const look = ana.frameLocator("[data-preview-frame]");
  await look.locator("em", { hasText: "small" }).waitFor();
  assert.match(await look.locator("em").evaluate((word) => getComputedStyle(word.closest("div")).fontFamily), /Segoe UI/, "as the mail has it");
  await ana.getByRole("button", { name: "Look at how it will be read" }).click();
  await composer(ana).press("Control+Enter");
  await answered(ana);
  await waiting(ana).getByRole("button", { name: "Send now" }).click();
  await ana.locator(".message--reply:not(.message--waiting)", { hasText: "small" }).waitFor();
  await standsAt(ana, "Waiting for the customer");
  const first = await mailTo(setting, desk, "tom@cobalt.example");
  assert.match(first.raw, /multipart\/alternative/);

  await composer(ana).fill("Good morning, Tom.");
  await ana.locator(".composer__later > summary").click();
  await ana.getByRole("button", { name: /Next working morning/ }).click();
  await waiting(ana).getByText(/Leaves .* 09:00/).waitFor();
  await ana.screenshot({ path: `${results}sending-later.png` });
  await deliver(setting, desk, token, ["From: Tom Ashby <tom@cobalt.example>", "To: help@desk.example", "Subject: Re: A question", "Message-ID: <more@cobalt.example>", "In-Reply-To: <one@cobalt.example>", "", "Never mind!"]);
  await waiting(ana).getByText("Something was said on this ticket meanwhile.").waitFor();
  await moveClock(ana, "three days forward");
  await waiting(ana).getByText("Something was said on this ticket meanwhile.").waitFor();
  const sent = await mailsTo(setting, desk, "tom@cobalt.example");
  assert.ok(sent.every((mail) => !mail.raw.includes("Good morning, Tom.")), "it did not leave; that an answer takes longer was said by itself");
  await waiting(ana).getByRole("button", { name: "Take back" }).click();
  await waiting(ana).waitFor({ state: "detached" });
  await holds(ana, "Good morning, Tom.");
});

onEachDatabase("two colleagues see each other on a ticket, and who writes", async ({ desk, visitor }) => {
  const setting = await visitor();
  const { number } = await asks(setting, desk, await desk.token("owner"), "one", "A question", "Which plan?");
  const [ana, bo] = await colleagues(desk, visitor, number);
  await ana.locator(".present", { hasText: "Bo Lindqvist is looking" }).waitFor();
  await bo.locator(".present", { hasText: "Ana Prado is looking" }).waitFor();
  await composer(ana).pressSequentially("Hello");
  await bo.locator(".present--writes", { hasText: "Ana Prado is writing" }).waitFor();
  assert.equal(await bo.locator(".present--writes").getAttribute("title"), "Ana Prado is writing a reply");
  for (const width of [1440, 1024]) {
    await bo.setViewportSize({ width, height: 800 });
    const { width: taken } = await bo.locator(".presence").boundingBox();
    assert.ok(taken < 48, `a face is all that stands beside the subject, ${taken} px at ${width}`);
    await bo.screenshot({ path: `${results}presence-${width}.png` });
  }
  await ana.goto(`${desk.url}/tickets`);
  await bo.locator(".present").waitFor({ state: "detached" });
});

onEachDatabase("a ticket is merged and taken apart, split, linked and followed", async ({ desk, visitor }) => {
  const setting = await visitor();
  const token = await desk.token("owner");
  const kept = await asks(setting, desk, token, "kept", "The export stops", "At page seven.");
  const gone = await asks(setting, desk, token, "gone", "Export again", "It stops again.");
  const [ana, bo] = await colleagues(desk, visitor, gone.number);

  await more(ana, "Merge", () => ana.getByLabel("Number of the other ticket").first().fill("999999"));
  await ana.getByText("There is no ticket of that number.").waitFor();
  await ana.getByLabel("Number of the other ticket").first().fill(`#${kept.number}`);
  await ana.getByLabel("Why, for your team").fill("Asked twice.");
  await ana.locator(".more").getByRole("button", { name: "Merge", exact: true }).click();
  await ana.locator("main .ticket__number", { hasText: `#${kept.number}` }).waitFor();
  await ana.locator(".message", { hasText: "It stops again." }).getByText(`from #${gone.number}`).waitFor();
  await ana.locator(".step__summary", { hasText: `Ana Prado merged #${gone.number} into this` }).waitFor();
  await ana.screenshot({ path: `${results}merged-winner.png` });
  await bo.locator(".merged", { hasText: `#${kept.number}` }).waitFor();
  await bo.screenshot({ path: `${results}merged-loser.png` });

  await deliver(setting, desk, token, ["From: Tom Ashby <tom@cobalt.example>", "To: help@desk.example", "Subject: Re", "Message-ID: <x@cobalt.example>", "In-Reply-To: <gone@cobalt.example>", "", "Still stops."]);
  await ana.locator(".message", { hasText: "Still stops." }).waitFor();
  await bo.getByRole("button", { name: "Take apart again" }).click();
  await bo.locator(".merged").waitFor({ state: "detached" });
  await standsAt(bo, "Open");
  await ana.locator(".message", { hasText: "It stops again." }).waitFor({ state: "detached" });

  const message = ana.locator(".message", { hasText: "Still stops." });
  await message.getByRole("link", { name: "A ticket of its own" }).click();
  await message.getByLabel("What it is about").fill("Another matter");
  await message.getByRole("button", { name: "Begin a ticket" }).click();
  await ana.getByRole("heading", { name: "Another matter" }).waitFor();
  await related(ana, "The export stops").getByText("where this one’s first message was written").waitFor();
  await more(ana, "Link", () => ana.getByLabel("Number of the other ticket").last().fill(String(gone.number)));
  await related(ana, "Export again").waitFor();
  await related(bo, "Another matter").waitFor();
  await bo.getByRole("button", { name: /Take the link away/ }).click();
  await related(bo, "Another matter").waitFor({ state: "detached" });
  await bo.locator(".more > summary").click();
  await bo.getByRole("button", { name: /^Follow/ }).click();
  await bo.locator(".followers", { hasText: "You" }).waitFor();
});

onEachDatabase("a ticket that looks like this one is merged with it in two presses, and that is undone in one", async ({ desk, visitor, picture }) => {
  const setting = await visitor();
  const token = await desk.token("owner");
  const words = "The monthly export of invoices stops at page seven.";
  const kept = await asks(setting, desk, token, "kept", "Monthly export of invoices stops", words);
  const gone = await asks(setting, desk, token, "gone", "Monthly export of invoices stops again", words);
  const [ana] = await colleagues(desk, visitor, gone.number);
  await ana.getByRole("button", { name: `Merge into #${kept.number}` }).click();
  const number = ana.getByLabel("Number of the other ticket").first();
  assert.equal(await number.inputValue(), String(kept.number));
  assert.ok(await number.evaluate((field) => field === document.activeElement), "Enter merges");
  await picture(ana, "filled in");
  await ana.locator(".more").getByRole("button", { name: "Merge", exact: true }).click();
  await ana.locator("main .ticket__number", { hasText: `#${kept.number}` }).waitFor();
  const toast = ana.locator(".toast", { hasText: `#${gone.number}` });
  await toast.getByRole("button", { name: "Undo" }).click();
  await ana.locator(".step__summary", { hasText: `Ana Prado took this out of #${kept.number} again` }).waitFor();
  await standsAt(ana, "Open");
});

for (const width of [1280, 360]) {
  for (const colorScheme of ["light", "dark"]) {
    once(`what waits, what was merged and its menus can be used by everybody (${width} ${colorScheme})`, async ({ desk, visitor }) => {
      const page = await visitor({ colorScheme });
      await page.goto(desk.url);
      const token = await desk.token("owner");
      const kept = await asks(page, desk, token, "kept", "The export stops", "At page seven.");
      const gone = await asks(page, desk, token, "gone", "Export again", "It stops again.");
      const headers = { Authorization: `Bearer ${token}` };
      await page.request.post(`${desk.url}/api/v1/tickets/${gone.id}/merge`, { headers, data: { into: kept.id, why: "Asked twice." } });
      const later = { body: "Good morning.", send_at: new Date(Date.now() + 86_400_000).toISOString() };
      await page.request.post(`${desk.url}/api/v1/tickets/${kept.id}/sendings`, { headers, data: later });
      await page.setViewportSize({ width, height: width === 360 ? 740 : 800 });
      const check = async (name) => {
        await page.screenshot({ path: `${results}together-${name}-${width}-${colorScheme}.png` });
        await isForEverybody(page);
      };
      await page.goto(`${desk.url}/tickets/${kept.id}`);
      await waiting(page).waitFor();
      await check("waiting");
      await waiting(page).locator("summary", { hasText: "Another time" }).click();
      await check("another-time");
      await page.keyboard.press("Escape");
      await page.locator(".more > summary").click();
      await check("more");
      await page.keyboard.press("Escape");
      await page.locator(".composer__later > summary").click();
      await check("later");
      await page.goto(`${desk.url}/tickets/${gone.id}`);
      await check("merged");
    });
  }
}
