// A reply that is taken back: no word of it is lost, whoever does it and wherever its writer is by then; and another time for it.
import assert from "node:assert/strict";
import { actAs, answered, deliver, holds, mailsTo, openTicket } from "./steps.mjs";
import { once, onEachDatabase } from "./story.mjs";

const composer = (page) => page.getByPlaceholder("Write here");
const waiting = (page) => page.locator(".message--waiting");

/** Tickets of Tom's, a colleague at the first of them. */
async function begin(desk, page, count = 1, name = "Ana Prado") {
  const token = await desk.token("owner");
  const numbers = [];
  for (let at = 1; at <= count; at += 1) {
    const lines = ["From: Tom Ashby <tom@cobalt.example>", "To: help@desk.example", `Subject: Question ${at}`, `Message-ID: <q${at}@cobalt.example>`, "", "Which plan?"];
    numbers.push((await deliver(page, desk, token, lines)).ticket.number);
  }
  await page.goto(desk.url);
  await actAs(page, name);
  await openTicket(page, desk, numbers[0]);
  return numbers;
}

onEachDatabase("what was taken back stands before what was begun since, on the page and at the desk", async ({ desk, visitor }) => {
  const ana = await visitor();
  const [number] = await begin(desk, ana);
  await composer(ana).fill("The small one.");
  await composer(ana).press("Control+Enter");
  await waiting(ana).getByText("Being sent in a moment").waitFor();
  await answered(ana);
  await composer(ana).pressSequentially("And another thing");
  await ana.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await holds(ana, "The small one.\n\nAnd another thing");
  await composer(ana).press("Control+End");
  const kept = ana.waitForResponse((response) => response.url().endsWith("/draft") && response.ok());
  await composer(ana).pressSequentially("!");
  await kept;
  await ana.locator("[data-status]", { hasText: "Draft kept" }).waitFor();
  await ana.reload();
  assert.equal(await composer(ana).inputValue(), "The small one.\n\nAnd another thing!");

  // A colleague takes it back: its words come to whoever wrote it, who is told, on the page and among the notices.
  const bo = await visitor();
  await bo.goto(desk.url);
  await actAs(bo, "Bo Lindqvist");
  await openTicket(bo, desk, number);
  await composer(ana).press("Control+Enter");
  await waiting(ana).waitFor();
  await answered(ana);
  await composer(ana).pressSequentially("Meanwhile");
  await ana.locator("[data-status]", { hasText: "Draft kept" }).waitFor();
  await waiting(bo).getByRole("button", { name: "Undo" }).click();
  await holds(ana, "The small one.\n\nAnd another thing!\n\nMeanwhile");
  await ana.locator(".toast", { hasText: "Words came back into what you are writing" }).waitFor();
  await ana.goto(`${desk.url}/notifications`);
  await ana.getByRole("link", { name: `Bo Lindqvist took back your reply on ticket ${number}.` }).waitFor();
  assert.equal((await mailsTo(ana, desk, "tom@cobalt.example")).filter((mail) => mail.raw.includes("small one")).length, 0);
});

once("two windows on one draft lose nothing of each other", async ({ desk, visitor }) => {
  const first = await visitor();
  await begin(desk, first);
  const second = await first.context().newPage();
  await second.goto(first.url());
  await composer(first).fill("From the first.");
  await first.locator("[data-status]", { hasText: "Draft kept" }).waitFor();
  await composer(second).fill("From the second.");
  await holds(second, "From the first.\n\nFrom the second.");
  await second.locator("[data-status]", { hasText: "Draft kept" }).waitFor();

  // Neither is it sent in the place of words that were not read.
  await first.route("**/draft", (route) => route.fulfill({ status: 409 }));
  await composer(first).fill("Again.");
  await first.locator("[data-status]", { hasText: "Not kept" }).waitFor();
  await first.unroute("**/draft");
  await composer(first).press("Control+Enter");
  await first.locator("#composer-error", { hasText: "Words came back" }).waitFor();
  await holds(first, "From the first.\n\nFrom the second.\n\nAgain.");
  await first.locator("[data-status]", { hasText: "Draft kept" }).waitFor();
  await composer(first).press("Control+Enter");
  await waiting(first).getByText("Again.").waitFor();
});

once("the seconds in which a reply can be taken back are the same on every page", async ({ desk, visitor }) => {
  const page = await visitor();
  const [number] = await begin(desk, page, 2);
  const send = async (words) => {
    await composer(page).fill(words);
    await composer(page).press("Control+Enter");
    await page.locator(".toast", { hasText: "Being sent in a moment" }).waitFor();
    await answered(page);
    await composer(page).press("Escape");
  };
  await send("The small one.");
  await page.keyboard.press("u");
  await page.locator(".list--wide .row").first().waitFor();
  await page.locator(".toast", { hasText: "Being sent in a moment" }).waitFor();
  await page.keyboard.press("z");
  await page.locator("main[data-ticket] .ticket__number", { hasText: `#${number}` }).waitFor();
  await holds(page, "The small one.");

  await send("The small one.");
  await page.locator(".row__link", { hasText: "Question 2" }).click();
  await page.locator("main[data-ticket] .ticket__subject", { hasText: "Question 2" }).waitFor();
  await page.locator(".toast").getByRole("button", { name: "Undo" }).click();
  await page.locator("main[data-ticket] .ticket__number", { hasText: `#${number}` }).waitFor();
  await holds(page, "The small one.");
  await page.locator(".toast").waitFor({ state: "detached" });
});

once("on a phone what is said does not lie on the composer", async ({ desk, visitor, picture }) => {
  const page = await visitor({ viewport: { width: 390, height: 800 } });
  await begin(desk, page);
  await composer(page).fill("The small one.");
  await page.getByRole("button", { name: "Send reply" }).click();
  const toast = page.locator(".toast", { hasText: "Being sent in a moment" });
  await toast.waitFor();
  await answered(page);
  await picture(page, "toast");
  const [said, dock] = [await toast.boundingBox(), await page.locator(".dock").boundingBox()];
  assert.ok(said.y + said.height <= dock.y, `${said.y} ${said.height} above ${dock.y}`);
  await composer(page).click();
  await composer(page).pressSequentially("More");
  await toast.getByRole("button", { name: "Undo" }).click();
  await holds(page, "The small one.\n\nMore");
});

for (const width of [1280, 390]) {
  once(`a time that lies behind us is said where it was entered (${width})`, async ({ desk, visitor, picture }) => {
    const page = await visitor({ viewport: { width, height: 800 } });
    await begin(desk, page);
    const ticket = page.url();
    const there = () => page.url();
    const inside = async (menu) => {
      const { x, width: wide } = await menu.boundingBox();
      assert.ok(x >= 0 && x + wide <= width, `the menu is on the screen: ${x}, ${wide}`);
      // In a conversation, however short, all of it is there at once.
      const beyond = await menu.evaluate((body) => {
        const pane = body.closest(".thread")?.getBoundingClientRect();
        const { top, bottom } = body.getBoundingClientRect();
        return pane ? Math.max(pane.top - top, bottom - pane.bottom) : Math.max(-top, bottom - innerHeight);
      });
      assert.ok(beyond <= 1, `the menu is in view: ${beyond} pixels are not`);
    };
    await composer(page).fill("Good morning, Tom.");
    await page.locator(".composer__later > summary").click();
    await inside(page.locator(".composer__later > .menu__body"));
    await picture(page, "composer");
    await page.getByRole("button", { name: /In an hour/ }).click();
    await waiting(page).waitFor();
    await answered(page);
    assert.equal(await page.locator(".composer__later[open]").count(), 0, "the menu closes");

    await waiting(page).locator("summary", { hasText: "Another time" }).click();
    await inside(waiting(page).locator(".menu__body"));
    await waiting(page).getByLabel("At another time").fill("2020-01-01T09:00");
    await waiting(page).getByRole("button", { name: "Send then" }).click();
    await waiting(page).locator(".field__error", { hasText: "lie ahead" }).waitFor();
    assert.equal(await waiting(page).getByLabel("At another time").inputValue(), "2020-01-01T09:00");
    await inside(waiting(page).locator(".menu__body"));
    assert.equal(there(), ticket);
    await picture(page, "ticket");
    await waiting(page).getByRole("button", { name: /Next working morning/ }).click();
    await waiting(page).getByText(/Leaves .* 09:00/).waitFor();
    await answered(page);
    assert.equal(await page.locator("details.menu[open]").count(), 0, "the menu closes");

    await page.goto(`${desk.url}/sendings`);
    const held = page.locator(".held");
    await held.locator("summary", { hasText: "Another time" }).click();
    await inside(held.locator(".menu__body"));
    await held.getByRole("button", { name: "Send then" }).click();
    await held.locator(".field__error", { hasText: "lie ahead" }).waitFor();
    assert.equal(new URL(there()).pathname, "/sendings");
    await picture(page, "held");
    await held.getByRole("button", { name: "Take back" }).click();
    await held.waitFor({ state: "detached" });
  });
}
