// D1 to D9 from end to end: a desk that was set up in the browser, the client's own mailbox at real mail servers, colleagues who came in
// by their invitations. Nobody calls the API but for what the desk's directory is told of companies.
import assert from "node:assert/strict";
import { answer, arrived, countOf, withMailServers } from "./mail-servers.mjs";
import { joins, setUp, tellOf } from "./real-desk.mjs";
import { askForDocuments, assignee, choose, moveClock, openLinked, openTicket, sendReply, standsAt } from "./steps.mjs";
import { onEachDatabase, once } from "./story.mjs";

const real = { demo: false };
const preparing = "is preparing your documents";
const readyToTest = "are in the test environment now and ready";
const published = "your documents are published";

withMailServers(onEachDatabase)("D1 to D5 through a real mailbox: checked, asked for what is missing, handed over, published, closed in silence", async (story) => {
  const { desk, visitor, picture } = story;
  const known = await setUp(story);
  const { olga, address } = known;
  const colleagues = { Bo: await joins(story, known, "Bo", "customer-solutions"), Cy: await joins(story, known, "Cy", "customer-solutions") };
  const token = await desk.token("owner");
  const rui = { name: "Rui Tavares", email: address("rui", "acme"), role: "manager", details: "The new address in the footer." };
  const maria = { name: "Maria Quintela", email: address("maria", "acme"), role: "admin", details: "The new logo on page one." };
  await tellOf(olga, desk, token, { organization: "Borealis Homes", plan: "pro", contact: rui });
  await tellOf(olga, desk, token, { organization: "Acme Lending", plan: "basic", contact: maria });
  const client = await visitor();

  // D1, D2, D4: everything holds, so it is handed over, and what the client adds by mail comes along.
  const first = await askForDocuments(client, desk, rui);
  await openTicket(olga, desk, first);
  assert.equal(await olga.locator(".ticket__subject").innerText(), "Document Survey: Borealis Homes");
  await standsAt(olga, "Needs configuration");
  const firstLinked = await openLinked(olga);
  const hasFirst = await assignee(olga);
  await olga.locator(".message--note", { hasText: rui.details }).waitFor();
  await answer(rui.email, await arrived(rui.email, preparing), "The second page stays as it is.");
  await olga.locator(".message--note", { hasText: "The second page stays as it is." }).waitFor();

  // D3: one point is open; the drafted reply is sent, the client answers, it is checked again.
  const second = await askForDocuments(client, desk, maria);
  await openTicket(olga, desk, second);
  await standsAt(olga, "Requirements not met");
  assert.match(await olga.getByPlaceholder("Write here").inputValue(), /part of the Premium and Pro plans/);
  await picture(olga, "requirements not met");
  await sendReply(olga);
  await standsAt(olga, "Waiting for what is needed");
  await answer(maria.email, await arrived(maria.email, "part of the Premium and Pro plans"), "We are on Pro now.");
  await standsAt(olga, "Answered and to be checked");
  await olga.locator(".message--incoming", { hasText: "We are on Pro now." }).waitFor();
  await tellOf(olga, desk, token, { organization: "Acme Lending", plan: "pro" });
  await olga.locator(".choices summary", { hasText: "Check again" }).click();
  await choose(olga, "Check again");
  await standsAt(olga, "Needs configuration");
  await arrived(maria.email, preparing);
  await openLinked(olga);
  const hasSecond = await assignee(olga);
  assert.deepEqual([hasFirst, hasSecond].sort(), ["Bo", "Cy"], "the second goes to the one with fewer");

  // D5: published without a test, told, and closed by a day of silence.
  const worker = colleagues[hasFirst];
  await openTicket(worker, desk, firstLinked, "?view=mine");
  await choose(worker, "Configured");
  await standsAt(worker, "To do (publish)");
  await choose(worker, "Published");
  await standsAt(worker, "Done");
  await arrived(rui.email, published);
  await openTicket(olga, desk, first);
  await standsAt(olga, "Published");
  await moveClock(olga, "one day forward");
  await standsAt(olga, "Closed");
  await picture(olga, "closed");
  assert.deepEqual([await countOf(rui.email, "Document Survey", 2), await countOf(maria.email, "Document Survey", 2)], [2, 2], "nothing is sent twice");
}, {}, real);

withMailServers(once)("D6 to D9 through a real mailbox: tried, warned of Monday, put there again, mended, confirmed, and published in silence", async (story) => {
  const { desk, visitor, picture } = story;
  const known = await setUp(story);
  const { olga, address } = known;
  await untilSunday(olga);
  const bo = await joins(story, known, "Bo", "customer-solutions");
  const maria = { name: "Maria Quintela", email: address("maria", "acme"), role: "admin", details: "The new logo on page one.", test: true };
  await tellOf(olga, desk, await desk.token("owner"), { organization: "Acme Lending", plan: "pro", contact: maria });
  const client = await visitor();
  const mails = async (words, count) => assert.equal(await countOf(maria.email, words, count), count, words);

  // D6: on hold, and the client is asked to look.
  const number = await askForDocuments(client, desk, maria);
  await openTicket(olga, desk, number);
  await standsAt(olga, "Needs configuration");
  const linked = await openLinked(olga);
  const configured = async (ticket) => {
    await openTicket(bo, desk, ticket);
    await choose(bo, "Configured");
    await standsAt(bo, "On hold");
  };
  await configured(linked);
  await openTicket(olga, desk, number);
  await standsAt(olga, "Ready to test");
  await mails(readyToTest, 1);

  // D9: on Monday they are told that it is emptied tonight; the day after it is there again.
  await untilMonday(olga);
  await standsAt(olga, "To be put into the test environment again");
  await mails("emptied", 1);
  await moveClock(olga, "one day forward");
  await configured(linked);
  await standsAt(olga, "Ready to test");
  await mails(readyToTest, 2);

  // D7: an error goes back with the client's words; then they confirm.
  await answer(maria.email, await arrived(maria.email, readyToTest), "The footer is wrong.");
  await standsAt(olga, "Answered: what do they say?");
  await picture(olga, "an error is reported");
  await choose(olga, "Error or more edits");
  await standsAt(olga, "Needs configuration");
  await bo.locator(".message--note", { hasText: "The footer is wrong." }).waitFor();
  await standsAt(bo, "To do");
  await configured(linked);
  await standsAt(olga, "Ready to test");
  await mails(readyToTest, 3);
  await answer(maria.email, await arrived(maria.email, readyToTest), "All is as it should be.");
  await standsAt(olga, "Answered: what do they say?");
  await choose(olga, "Customer confirms");
  await standsAt(bo, "To do (publish)");
  await bo.locator(".message--note", { hasText: "All is as it should be." }).waitFor();
  await choose(bo, "Published");
  await standsAt(olga, "Published");
  await mails(published, 1);

  // D8: of another request they say nothing: reminded once, published a day later.
  const silent = await askForDocuments(client, desk, { ...maria, details: "The welcome letter." });
  await openTicket(olga, desk, silent);
  await standsAt(olga, "Needs configuration");
  const second = await openLinked(olga);
  await configured(second);
  await openTicket(olga, desk, silent);
  await standsAt(olga, "Ready to test");
  await mails(readyToTest, 4);
  await moveClock(olga, "three days forward");
  await standsAt(olga, "Ready to test (reminded)");
  await mails("3 days ago we asked you", 1);
  await moveClock(olga, "one day forward");
  await standsAt(olga, "Needs configuration");
  await bo.locator(".message--note", { hasText: "did not answer" }).waitFor();
  await standsAt(bo, "To do (publish)");
  await picture(bo, "to be published in silence");
  await choose(bo, "Published");
  await standsAt(olga, "Published");
  await mails(published, 2);
  await mails("emptied", 1);
}, real);

const weekday = async (page) => {
  const now = new Date(await page.locator(".demo__clock time").getAttribute("datetime"));
  return now.toLocaleDateString("en", { weekday: "long", timeZone: "Europe/Lisbon" });
};

/** On a Sunday the next Monday is nearer than any reminder, whatever day it is outside. */
async function untilSunday(page) {
  for (let day = 0; day < 7 && (await weekday(page)) !== "Sunday"; day += 1) await moveClock(page, "one day forward");
  assert.equal(await weekday(page), "Sunday");
}

/** To the weekly reset, which is the next thing that happens once every mail has left. */
async function untilMonday(page) {
  for (let times = 0; times < 20 && (await weekday(page)) !== "Monday"; times += 1) await moveClock(page, "To what is due next");
  assert.equal(await weekday(page), "Monday");
}
