// What the procedure asks and suggests, on the pages: answered once, sent in other words, sent by itself, dismissed.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { actAs, deliver, mailTo, mailsTo, moveClock, openTicket, sendReply, standsAt } from "./steps.mjs";
import { onEachDatabase } from "./story.mjs";

const text = (name) => readFile(new URL(`asking/${name}`, import.meta.url), "utf8");

/** What the desk's own handbook gets, so that an ordinary request asks and suggests. */
const files = { "playbooks/general-request.yaml": await text("general-request.yaml"), "replies/offer.md": await text("offer.md") };

let mails = 0;

/** Tom writes, and a ticket opens; answers with its number. */
async function tomWrites(page, desk) {
  mails += 1;
  const outcome = await deliver(page, desk, await desk.token("agent"), ["From: Tom Ashby <tom@cobalt.example>", "To: help@desk.example",
    "Subject: May we have it?", `Message-ID: <asking-${mails}@cobalt.example>`, "Content-Type: text/plain; charset=utf-8", "", "Hello, may we have it?"]);
  assert.equal(outcome.outcome, "opened");
  return outcome.ticket.number;
}

const composer = (page) => page.getByPlaceholder("Write here");
const count = (page) => page.locator(".rail [data-questions]");

onEachDatabase("whoever is asked sees it at once, answers with a note, and sends what is then suggested in their own words", async ({ desk, visitor }) => {
  const ana = await visitor();
  const bo = await visitor();
  await bo.goto(desk.url);
  await actAs(bo, "Bo Lindqvist");
  await ana.goto(desk.url);
  await actAs(ana, "Ana Prado");
  await ana.goto(`${desk.url}/tickets`);
  assert.equal(await count(ana).isVisible(), false, "nothing is asked yet");

  const number = await tomWrites(bo, desk);
  await count(ana).filter({ hasText: "1" }).waitFor();
  await openTicket(bo, desk, number);
  const question = bo.locator(".question", { hasText: "May Tom Ashby have it for free?" });
  await question.getByText("Ana Prado").waitFor();
  assert.equal(await question.getByRole("button").count(), 0, "Bo was not asked");

  await ana.locator(".rail").getByRole("link", { name: "Questions to you" }).click();
  await ana.locator(".asked__link", { hasText: "May Tom Ashby have it for free?" }).click();
  await ana.getByPlaceholder("A note, if it helps").fill("They wait since spring.");
  await ana.keyboard.press("Enter");
  await standsAt(ana, "Waiting for a yes");
  await ana.getByRole("button", { name: "Grant" }).click();
  await standsAt(ana, "Answer drafted");
  await ana.locator(".message--note", { hasText: "They wait since spring." }).waitFor();
  await ana.locator(".answer", { hasText: "Granted" }).getByText("Ana Prado").waitFor();
  await bo.locator(".suggestion").waitFor();
  assert.equal(await bo.locator(".questions").count(), 0, "Bo sees that it was answered");
  assert.match(await composer(bo).inputValue(), /free this once/, "the draft came while he looked");
  await count(ana).waitFor({ state: "hidden" });

  assert.match(await ana.locator(".suggestion").innerText(), /Will be sent by itself/);
  assert.match(await composer(ana).inputValue(), /you can have it for free this once/);
  await composer(ana).fill("Hello Tom,\n\nit is yours.");
  await sendReply(ana);
  await standsAt(ana, "Answered");
  await ana.locator(".message--reply", { hasText: "it is yours." }).waitFor();
  assert.equal(await composer(ana).inputValue(), "");
  await standsAt(bo, "Answered");
  assert.equal(await composer(bo).inputValue(), "", "what he had not touched went with the suggestion");
  await moveClock(ana, "one day forward");
  await mailTo(ana, desk, "tom@cobalt.example");
  const sent = await mailsTo(ana, desk, "tom@cobalt.example");
  assert.deepEqual(sent.map((mail) => mail.subject), ["Your request"]);
  assert.match(sent[0].raw, /it is yours\./);
}, files);

onEachDatabase("what nobody sends is sent by itself, and what is dismissed is not, without scripts too", async ({ desk, visitor }) => {
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto(desk.url);
  const token = await desk.token("owner");
  const grant = async (number) => {
    const headers = { Authorization: `Bearer ${token}` };
    const tickets = await (await page.request.get(`${desk.url}/api/v1/tickets`, { headers })).json();
    const ticket = tickets.items.find((one) => one.number === number);
    const [question] = ticket.questions;
    assert.deepEqual(question.asked, { kind: "person", name: "Ana Prado" });
    const answer = await page.request.post(`${desk.url}/api/v1/questions/${question.id}/answer`, { headers, data: { answer: "granted" } });
    assert.equal(answer.status(), 200);
    assert.equal((await answer.json()).suggestion.reply, "offer");
    const again = await page.request.post(`${desk.url}/api/v1/questions/${question.id}/answer`, { headers, data: { answer: "refused" } });
    assert.equal(again.status(), 409);
    assert.equal((await again.json()).code, "question-answered");
  };
  const [left, dismissed] = [await tomWrites(page, desk), await tomWrites(page, desk)];
  await grant(left);
  await grant(dismissed);
  await openTicket(page, desk, dismissed);
  assert.match(await composer(page).inputValue(), /free this once/);
  await page.getByRole("button", { name: "Dismiss" }).click();
  await page.locator(".suggestion").waitFor({ state: "detached" });
  assert.equal((await composer(page).inputValue()).trim(), "");
  await moveClockWithoutScripts(page);
  await openTicket(page, desk, left);
  await page.locator(".message--automatic", { hasText: "free this once" }).waitFor();
  await page.locator(".ticket__state", { hasText: "Answered" }).waitFor();
  await openTicket(page, desk, dismissed);
  await page.locator(".ticket__state", { hasText: "Answer drafted" }).waitFor();
  await mailTo(page, desk, "tom@cobalt.example");
  assert.equal((await mailsTo(page, desk, "tom@cobalt.example")).length, 1);
}, files);

async function moveClockWithoutScripts(page) {
  const before = await page.locator(".demo__clock time").getAttribute("datetime");
  await page.getByRole("button", { name: "one day forward" }).click();
  await page.locator(`.demo__clock time:not([datetime="${before}"])`).waitFor();
}
