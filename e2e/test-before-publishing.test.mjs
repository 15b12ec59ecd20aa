// D6 to D9 through the pages: a document is tried before it goes live, over a Monday and over a silence.
import assert from "node:assert/strict";
import {
  actAs, askForDocuments, assignee, choose, deliver, header, mailTo, mailsTo, moveClock, openLinked, openTicket, standsAt,
} from "./steps.mjs";
import { onEachDatabase } from "./story.mjs";

const maria = { name: "Maria Quintela", email: "maria@acme.example", details: "New logo on page one, please.", test: true };

onEachDatabase("D6, D9, D7, D8: tried, warned of Monday, put there again, changed, reminded, published", async ({ desk, visitor }) => {
  const page = await visitor();
  await moveToSunday(page, desk);
  const number = await askForDocuments(page, desk, maria);
  await openTicket(page, desk, number);
  const linked = await openLinked(page);
  const bo = await assignee(page);
  const standing = { page, desk, number, linked, bo };

  await configured(standing, "On hold");
  await readyToTest(standing, 2);

  await moveClock(page, "To what is due next");
  await standsAt(page, "To be put into the test environment again");
  const [warned, ...before] = await subjects(standing, 3);
  assert.equal(warned, "The test environment is emptied tonight");
  assert.equal(before.length, 2);

  await moveClock(page, "one day forward");
  await configured(standing, "On hold");
  await ticketStands(standing, "Ready to test");
  await page.locator(".message--automatic").nth(3).waitFor();

  await theClientAnswers(standing, "The footer is wrong.");
  await ticketStands(standing, "Answered: what do they say?");
  await actAs(page, "Ana Prado");
  await openTicket(page, desk, number);
  await choose(page, "Error or more edits");
  await standsAt(page, "Needs configuration");
  await linkedStands(standing, "To do");
  await page.locator(".message--note", { hasText: "The footer is wrong." }).waitFor();
  await configured(standing, "On hold");
  await readyToTest(standing, 5);

  await moveClock(page, "To what is due next");
  await standsAt(page, "Ready to test (reminded)");
  await subjects(standing, 6);
  await ticketStands(standing, "Ready to test (reminded)");
  await moveClock(page, "To what is due next");
  await standsAt(page, "Needs configuration");
  await linkedStands(standing, "To do (publish)");
  await page.locator(".message--note", { hasText: "did not answer" }).waitFor();
  await actAs(page, bo);
  await openTicket(page, desk, linked);
  await choose(page, "Published");
  await ticketStands(standing, "Published");
  assert.equal((await subjects(standing, 7)).length, 7, "nothing is sent twice");
});

/** On a Sunday the desk's next Monday is nearer than any reminder, whatever day it is outside. */
async function moveToSunday(page, desk) {
  await page.goto(`${desk.url}/tickets`);
  for (let day = 0; day < 7; day += 1) {
    const now = new Date(await page.locator(".demo__clock time").getAttribute("datetime"));
    if (now.toLocaleDateString("en", { weekday: "long", timeZone: "Europe/Lisbon" }) === "Sunday") return;
    await moveClock(page, "one day forward");
  }
  assert.fail("there was no Sunday in a week");
}

async function configured({ page, desk, linked, bo }, state) {
  await actAs(page, bo);
  await openTicket(page, desk, linked);
  await choose(page, "Configured");
  await standsAt(page, state);
}

async function ticketStands({ page, desk, number }, state) {
  await openTicket(page, desk, number);
  await standsAt(page, state);
}

/** What is due next is nothing that was to leave before: so many mails have. */
async function readyToTest(standing, mails) {
  await subjects(standing, mails);
  await ticketStands(standing, "Ready to test");
}

async function linkedStands({ page, desk, linked }, state) {
  await openTicket(page, desk, linked);
  await standsAt(page, state);
}

/** Waits until so many mails have left, and answers with their subjects, newest first. */
async function subjects({ page, desk }, count) {
  for (let look = 0; look < 40; look += 1) {
    const mails = await mailsTo(page, desk, maria.email);
    if (mails.length >= count) return mails.map((mail) => mail.subject);
    await page.waitForTimeout(250);
  }
  return assert.fail(`there were never ${count} mails`);
}

/** Maria answers the newest mail that she got, at the address that it asks for. */
async function theClientAnswers({ page, desk }, words) {
  const received = await mailTo(page, desk, maria.email);
  const outcome = await deliver(page, desk, await desk.token("agent"), [
    `From: ${maria.name} <${maria.email}>`,
    `To: ${header(received.raw, "Reply-To")}`,
    `Subject: Re: ${received.subject}`,
    "Message-ID: <footer@acme.example>",
    `In-Reply-To: ${header(received.raw, "Message-ID")}`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    words,
  ]);
  assert.equal(outcome.outcome, "appended");
}
