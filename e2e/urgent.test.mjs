// A client's business stands still, and the desk acts by itself: a colleague reads in their own language what was told and what was done.
import assert from "node:assert/strict";
import { isForEverybody } from "./everybody.mjs";
import { actAs, choose, deliver, openTicket, row, standsAt } from "./steps.mjs";
import { onEachDatabase } from "./story.mjs";

const subject = "O checkout não está a funcionar";

onEachDatabase("what the desk tells and did of an urgent ticket is read in the reader's language, and its clock is in no list once it is solved", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  const token = await desk.token("owner");
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  const mail = ["From: Rui Tavares <rui@borealis.example>", "To: help@desk.example", `Subject: =?utf-8?B?${Buffer.from(subject).toString("base64")}?=`,
    "Message-ID: <urgent@borealis.example>", "Content-Type: text/plain; charset=utf-8", "", "Desde esta manhã."];
  const { ticket } = await deliver(page, desk, token, mail);

  await page.goto(`${desk.url}/notifications`);
  const notice = page.locator(".notice", { hasText: `#${ticket.number}` });
  await notice.getByRole("link", { name: `Urgent: ticket ${ticket.number}, ${subject}` }).waitFor();
  assert.equal(await notice.locator(".notice__subject").count(), 0, "the subject is said once");
  await isForEverybody(page);
  await picture(page, "notices");

  await openTicket(page, desk, ticket.number, "?view=all");
  const steps = page.locator(".step__summary");
  await steps.filter({ hasText: "Began: Open · Urgent because " }).waitFor();
  await steps.filter({ hasText: /^Given to .+ · Team Support was told$/ }).waitFor();
  await isForEverybody(page);
  await picture(page, "ticket");
  await page.setViewportSize({ width: 390, height: 844 });
  await isForEverybody(page);
  await picture(page, "narrow");
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, "narrow dark");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });

  await page.goto(`${desk.url}/tickets?view=all`);
  await row(page, ticket.number).locator(".clock .i-clock").waitFor();
  await openTicket(page, desk, ticket.number, "?view=all");
  await choose(page, "Solved");
  await standsAt(page, "Solved");
  await page.locator(".ticket__meta .clock--paused").waitFor();
  await row(page, ticket.number).locator(".clock--itself").getByText("By itself:").waitFor({ state: "attached" });
  assert.equal(await row(page, ticket.number).locator(".i-clock").count(), 0, "no clock runs in the list that is paused on the ticket");
  await isForEverybody(page);
  await picture(page, "solved");
});
