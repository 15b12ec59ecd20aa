// P1: what was promised is seen on the ticket and on Today, counts down, says why, and is kept or missed before everybody's eyes.
import assert from "node:assert/strict";
import { isForEverybody } from "./everybody.mjs";
import { actAs, choose, deliver, moveClock, openTicket, sendReply } from "./steps.mjs";
import { once, onEachDatabase } from "./story.mjs";

// An office that never closes, so that a story is the same at every hour of the demo's clock.
const week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => `  ${day}: [ 00:00-24:00 ]\n`).join("");
const files = { "calendars/office.yaml": `language: 1\ncalendar: office\nzone: Europe/Lisbon\nhours:\n${week}` };

const mail = (subject, id) => ["From: Tom Ashby <tom@cobalt.example>", "To: help@desk.example", `Subject: ${subject}`, `Message-ID: <${id}@cobalt.example>`,
  "Content-Type: text/plain; charset=utf-8", "", "Which plan covers that?", "", "Tom"];
const brief = (page, part, subject) => page.locator(`[aria-labelledby="today-${part}"] .brief`, { hasText: subject });
const clock = (page, name) => page.locator(`#deadline-${name}`);

onEachDatabase("P1: a mail runs out on Today, more time is asked for, and the announced answer is missed and then given", async ({ desk, visitor, picture }) => {
  const [page, watching] = [await visitor(), await visitor()];
  const token = await desk.token("agent");
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  await watching.goto(`${desk.url}/today`);
  await watching.getByText("Nothing is about to break.").waitFor();

  await deliver(page, desk, token, mail("Letters", "one"));
  await brief(watching, "clocks", "Letters").waitFor();
  await brief(watching, "unassigned", "Letters").waitFor();
  await picture(watching, "today");

  // By keyboard: to Today, down to the first ticket, into it.
  await page.goto(`${desk.url}/tickets`);
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await page.locator("#today").waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.locator("main[data-ticket] .ticket__subject", { hasText: "Letters" }).waitFor();
  await clock(page, "response").locator("time[data-left]").waitFor();
  await clock(page, "response").getByText("why?").click();
  await clock(page, "response").getByText("Our working day ends then, by the calendar “office” (Europe/Lisbon).").waitFor();
  await picture(page, "running");

  await choose(page, "Needs more time");
  await clock(page, "response").getByText("Kept").waitFor();
  await clock(page, "answer").locator("time[data-left]").waitFor();
  await brief(watching, "clocks", "Letters").waitFor({ state: "detached" });

  for (let day = 0; day < 4; day += 1) await moveClock(page, "one day forward");
  await clock(page, "answer").getByText("Overdue").waitFor();
  await picture(page, "overdue");
  await brief(watching, "clocks", "Letters").locator(".clock--over").waitFor();
  await watching.locator('[aria-labelledby="today-clocks"]').getByRole("link", { name: "See all" }).click();
  await watching.locator(".list__title", { hasText: "Running out" }).waitFor();
  assert.equal(await watching.locator(".row .clock--over").count(), 1);

  await page.getByPlaceholder("Write here").fill("The plan Pro does.");
  await sendReply(page);
  await clock(page, "answer").getByText("Answered late").waitFor();
}, files);

onEachDatabase("P1: a clock counts down while nobody touches the page", async ({ desk, visitor }) => {
  const page = await visitor();
  await page.clock.install();
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  await deliver(page, desk, await desk.token("agent"), mail("Letters", "one"));
  // News of the mail would have the part fetched anew, with the time that the desk's own clock leaves: the page is left to itself.
  await page.route("**/today/parts*", (route) => route.fulfill({ status: 204 }));
  await page.goto(`${desk.url}/today?of=all`);
  const chip = brief(page, "clocks", "Letters").locator(".clock");
  await chip.waitFor();
  const left = Number(await chip.locator("time").getAttribute("data-left"));
  assert.ok(left > 0 && left <= 86_400, `${left} seconds are left of the day`);
  assert.equal(await chip.evaluate((one) => one.classList.contains("clock--over")), false);
  await page.clock.runFor((left + 2 * 3600) * 1000);
  assert.equal(await chip.evaluate((one) => one.classList.contains("clock--over")), true);
  assert.match(await chip.locator("time").innerText(), /^[12] h$/, "overdue for two hours, at most a quarter of a minute less");
}, files);

once("P1: Today and the clocks are for everybody, in both languages, light and dark, on a phone", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  const token = await desk.token("agent");
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  await deliver(page, desk, token, mail("Checkout is down, nobody can pay", "none"));
  await deliver(page, desk, token, mail("Letters", "one"));
  const { ticket: second } = await deliver(page, desk, token, mail("A second question about the wording of the letters that we send to all of our customers", "two"));
  await openTicket(page, desk, second.number);
  await choose(page, "Needs more time");
  await clock(page, "answer").waitFor();
  const ticket = page.url();
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${desk.url}/today?of=all`);
      await brief(page, "clocks", "Checkout").locator(".flag--urgent", { hasText: "Urgent" }).waitFor();
      assert.equal(await brief(page, "clocks", "Letters").locator(".flag").count(), 0, "what is as usual is not marked");
      await isForEverybody(page);
      await picture(page, `today ${width} ${colorScheme}`);
      await page.goto(ticket);
      if (width === 360) await page.locator('[data-drawer="open"]').click();
      await clock(page, "answer").locator("summary").click();
      await isForEverybody(page);
      await picture(page, `ticket ${width} ${colorScheme}`);
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${desk.url}/today?of=all`);
  await page.locator('.rail button[name="language"][value="pt"]').click();
  await page.locator("#main h1", { hasText: "Hoje" }).waitFor();
  await picture(page, "today pt");
  await page.goto(ticket);
  await picture(page, "ticket pt");
});
