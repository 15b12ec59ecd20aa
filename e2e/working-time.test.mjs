// P1: whose hours count is chosen on a page that draws them, a clock stands still while the client is asked, and what waits is listed.
import assert from "node:assert/strict";
import { isForEverybody } from "./everybody.mjs";
import { actAs, answered, choose, deliver, openTicket, sendReply } from "./steps.mjs";
import { once, onEachDatabase } from "./story.mjs";

// A request whose clock stands still while the client is waited for, and runs by the hours of the team otherwise.
const week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => `  ${day}: [ 00:00-24:00 ]\n`).join("");
const files = {
  "calendars/always.yaml": `language: 1\ncalendar: always\nzone: Europe/Lisbon\nhours:\n${week}`,
  "playbooks/general-request.yaml": `language: 1
playbook: general-request
title: General request
team: support
opens: [ mail, api, hand ]
clocks:
  repair: { title: Repair, start: ticket.opened, stop: choice.done, within: 6 business hours, calendar: team, pause: { waiting_on: requester }, breach: [ { tell: { role: lead, text: Late } } ] }
initial: ours
states:
  ours: { title: With us, on: { agent.replied: theirs }, choices: { done: { label: Done, target: over } } }
  theirs: { title: With the client, waiting_on: requester, on: { requester.replied: ours }, after: { 30 days: ours } }
  over: { type: final }
`,
};

const mail = (subject, id, more = []) => ["From: Tom Ashby <tom@cobalt.example>", "To: help@desk.example", `Subject: ${subject}`, `Message-ID: <${id}@cobalt.example>`,
  ...more, "Content-Type: text/plain; charset=utf-8", "", "It is broken.", "", "Tom"];
const clock = (page, name) => page.locator(`#deadline-${name}`);

const call = async (desk, token, path, data, method = "POST") => {
  const answer = await fetch(`${desk.url}/api/v1/${path}`, { method, headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: JSON.stringify(data) });
  assert.ok(answer.ok, `${path}: ${answer.status} ${answer.ok ? "" : await answer.text()}`);
  return answer.json();
};

onEachDatabase("P1: a team's hours are chosen, and a clock stands still while the client is asked", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  await page.goto(desk.url);
  await actAs(page, "Lea Novak");
  await page.goto(`${desk.url}/people`);
  await page.getByRole("link", { name: "Support", exact: true }).click();
  await page.getByText("By the calendar of the desk, “office”").waitFor();
  await page.getByLabel("always", { exact: true }).check();
  await page.getByLabel("Days off besides").fill("2099-01-02\ntomorrow\n2099-01-09..2099-01-05");
  await page.getByRole("button", { name: "Keep" }).click();
  await page.getByRole("alert").getByText("Line 2: “tomorrow” begins with no day.").waitFor();
  await page.getByRole("alert").getByText("Line 3: “2099-01-09..2099-01-05” ends before it begins.").waitFor();
  const off = "2099-01-02\n2099-01-05..2099-01-07 Stock taking";
  await page.getByLabel("Days off besides").fill(off);
  await page.getByRole("button", { name: "Keep" }).click();
  await page.getByText("Kept. Running clocks follow.").waitFor();
  assert.equal(await page.getByLabel("Days off besides").inputValue(), off);
  await page.goto(`${desk.url}/teams/support/calendar?month=2099-01`);
  assert.equal(await page.locator(".month__names li", { hasText: "Stock taking" }).count(), 3);
  await page.goto(`${desk.url}/teams/support/calendar`);
  await page.getByText("By the calendar “always”").waitFor();
  assert.equal(await page.locator(".month__day--closed").count(), 0);
  await picture(page, "team");

  const token = await desk.token("agent");
  await page.goto(`${desk.url}/tickets`);
  await actAs(page, "Ana Prado");
  await deliver(page, desk, token, mail("The press", "one"));
  await openTicket(page, desk, await page.evaluate(async () => Number(/row__number">#(\d+)/.exec(await (await fetch("/tickets/list?view=all")).text())[1])));
  await clock(page, "repair").getByText("why?").click();
  await clock(page, "repair").getByText("counted by the working hours of the team Support, by the calendar “always”").waitFor();
  await page.getByPlaceholder("Write here").fill("Which one?");
  await sendReply(page);
  await clock(page, "repair").getByText(/Stands still while the ticket waits on the client; .* of working time left/).waitFor();
  await picture(page, "still");
  await deliver(page, desk, token, mail("Re: The press", "two", ["In-Reply-To: <one@cobalt.example>"]));
  await clock(page, "repair").locator("time[data-left]").waitFor();
  await choose(page, "Done");
  await clock(page, "repair").getByText("Kept").waitFor();
}, files);

onEachDatabase("what waits to leave is listed, sent now, put off and taken back", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  const token = await desk.token("lead");
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  for (const subject of ["One", "Two", "Three"]) {
    const ticket = await call(desk, token, "tickets", { subject, body: "Hi", requester: { email: "tom@cobalt.example" } });
    await call(desk, token, `tickets/${ticket.id}/sendings`, { body: `About ${subject.toLowerCase()}.`, send_at: new Date(Date.now() + 3 * 86_400_000).toISOString() });
  }
  await page.goto(`${desk.url}/tickets`);
  await page.getByRole("link", { name: "Held replies" }).first().click();
  await page.getByText("No reply waits here.").waitFor();
  await page.getByRole("link", { name: "My teams’" }).click();
  const rows = page.locator(".held");
  await rows.nth(2).waitFor();
  await picture(page, "list");
  await rows.filter({ hasText: "About one." }).getByRole("button", { name: /Send now/ }).click();
  await answered(page);
  await page.waitForURL(/of=teams/);
  while ((await rows.count()) > 2) await page.reload();
  await rows.filter({ hasText: "About two." }).locator("summary").click();
  await rows.filter({ hasText: "About two." }).getByRole("button", { name: /In an hour/ }).click();
  await answered(page);
  await page.waitForURL(/of=teams/);
  await rows.filter({ hasText: "About three." }).getByRole("button", { name: /Take back/ }).click();
  await rows.filter({ hasText: "About three." }).waitFor({ state: "detached" });
  await rows.filter({ hasText: "About two." }).getByRole("link").click();
  await page.locator(".message--waiting", { hasText: "About two." }).waitFor();
});

once("what waits to leave is found by the palette, in both languages", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  const found = async (words, name) => {
    await page.goto(`${desk.url}/tickets`);
    await page.keyboard.press("Control+k");
    await page.keyboard.type(words);
    await page.locator('#palette [role="option"][aria-selected="true"]', { hasText: name }).waitFor();
    await picture(page, name);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/sendings$/);
    await page.locator(".list__title", { hasText: name }).waitFor();
  };
  await found("held", "Held replies");
  await page.getByRole("button", { name: "Português" }).first().click();
  await page.locator('html[lang="pt"]').waitFor();
  await found("por enviar", "Respostas por enviar");
});

once("working time and held replies are for everybody, in both languages, light and dark, on a phone", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  const token = await desk.token("lead");
  const ticket = await call(desk, token, "tickets", { subject: "A question about the wording of the letters that we send to all customers", body: "Hi", requester: { email: "tom@cobalt.example" } });
  await call(desk, token, `tickets/${ticket.id}/sendings`, { body: "Good morning, this is how it is.", send_at: new Date(Date.now() + 86_400_000).toISOString() });
  await call(desk, token, "organizations/cobalt", { name: "Cobalt" }, "PUT");
  await page.goto(desk.url);
  await actAs(page, "Lea Novak");
  const pages = { organization: "/organizations/cobalt", calendar: "/organizations/cobalt/calendar?month=2026-12", people: "/people", held: "/sendings?of=all" };
  for (const width of [1280, 390, 360]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(`${desk.url}${path}`);
        await isForEverybody(page);
        await picture(page, `${name} ${width} ${colorScheme}`);
      }
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${desk.url}${pages.organization}`);
  await page.locator('button[name="language"][value="pt"]').first().click();
  await page.locator('html[lang="pt"]').waitFor();
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(`${desk.url}${path}`);
    await picture(page, `${name} pt`);
  }
});
