// Whoever works by keyboard, or in a view that somebody else removes, always knows where they are.
import assert from "node:assert/strict";
import { actAs, answered, askForDocuments, deliver, row } from "./steps.mjs";
import { once } from "./story.mjs";

const view = (page, name) => page.locator(".rail .view", { hasText: name });
const focused = (page) => page.evaluate(() => document.activeElement.closest?.(".row")?.querySelector(".row__number")?.textContent);
const within = (page, selector) => page.waitForFunction((wanted) => document.activeElement !== document.body && document.activeElement.closest(wanted), selector);
const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Tickets of Tom's, the newest last, and a colleague who looks. */
async function begin(desk, page, count, name = "Ana Prado") {
  const token = await desk.token("owner");
  const tickets = [];
  for (let at = 1; at <= count; at += 1) {
    const lines = ["From: Tom Ashby <tom@cobalt.example>", "To: help@desk.example", `Subject: Question ${at}`, `Message-ID: <q${at}@cobalt.example>`, "", "Which plan?"];
    tickets.push((await deliver(page, desk, token, lines)).ticket);
  }
  await page.goto(desk.url);
  await actAs(page, name);
  return { token, tickets };
}

once("a view that somebody removes leads those who have it open to all tickets, and says so", async ({ desk, visitor, picture }) => {
  const lea = await visitor();
  const { token, tickets } = await begin(desk, lea, 2, "Lea Novak");
  await lea.goto(`${desk.url}/tickets?team=support&status=unfinished`);
  const keep = async (name, team) => {
    await lea.locator("#order summary").click();
    await lea.locator("#order").getByLabel("Name of the view").fill(name);
    if (team) await lea.locator("#order").getByLabel("Who has it").selectOption(team);
    await lea.getByRole("button", { name: "Keep view" }).click();
    await lea.locator(".list__title", { hasText: name }).waitFor();
    assert.equal(await lea.locator("#order[open]").count(), 0, "the menu closes");
  };
  await keep("Everyone’s", "support");
  await view(lea, "Everyone’s").locator(".visually-hidden", { hasText: "shared with" }).waitFor();
  // Sorting leaves it what it is; so does another name.
  await lea.locator("#order summary").click();
  await lea.locator("#order").getByRole("link").last().click();
  await lea.waitForURL(/sort=/);
  await lea.locator(".list__title", { hasText: "Everyone’s" }).waitFor();
  assert.equal(await view(lea, "Everyone’s").getAttribute("aria-current"), "page");
  assert.equal(await lea.locator("#order[open]").count(), 0, "the menu closes");
  await lea.locator("#order summary").click();
  await picture(lea, "order");
  await lea.locator('#order [name="name"]').last().fill("All of ours");
  await lea.getByRole("button", { name: "Rename" }).click();
  await view(lea, "All of ours").waitFor();

  const ana = await visitor();
  await ana.goto(desk.url);
  await actAs(ana, "Ana Prado");
  await ana.goto(desk.url + (await view(lea, "All of ours").getAttribute("href")));
  await ana.locator(".list__title", { hasText: "All of ours" }).waitFor();
  await lea.locator("#order summary").click();
  await lea.getByRole("button", { name: "Remove this view" }).click();
  await lea.locator(".list__title", { hasText: "Mine" }).waitFor();
  assert.ok(await lea.evaluate(() => document.activeElement !== document.body), "the keyboard is somewhere");
  const { ticket } = await deliver(lea, desk, token, ["From: Tom Ashby <tom@cobalt.example>", "To: help@desk.example", "Subject: Another", "Message-ID: <another@cobalt.example>", "", "Which plan?"]);
  await ana.getByText("The view that was here was removed.").waitFor();
  await row(ana, ticket.number).waitFor();
  await picture(ana, "gone");
  await ana.reload();
  await ana.getByText("The view that was here was removed.").waitFor();
  await row(ana, tickets[0].number).waitFor();
});

once("a ticket that was merged says so in lists, without a clock", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  const { token, tickets } = await begin(desk, page, 2);
  const [kept, gone] = tickets;
  await page.goto(`${desk.url}/tickets`);
  await row(page, gone.number).locator(".clock").waitFor();
  await page.request.post(`${desk.url}/api/v1/tickets/${gone.id}/merge`, { headers: { Authorization: `Bearer ${token}` }, data: { into: kept.id } });
  await row(page, gone.number).locator(".row__state", { hasText: "Merged" }).waitFor();
  assert.equal(await row(page, gone.number).locator(".clock").count(), 0);
  assert.ok((await row(page, kept.number).locator(".clock").count()) > 0);
  await picture(page, "list");
});

once("the keyboard is always somewhere: after a reply, back in the list, beside a ticket, after what was done", async ({ desk, visitor }) => {
  const page = await visitor();
  const { tickets } = await begin(desk, page, 5);
  const number = (at) => `#${tickets[at - 1].number}`;
  const open = (at) => page.locator("main[data-ticket] .ticket__number", { hasText: number(at) }).waitFor();
  await page.goto(`${desk.url}/tickets?view=unassigned`);
  await row(page, tickets[4].number).waitFor();
  await press(page, "j", "j", "Enter");
  await open(4);
  await press(page, "r", "Escape", "u");
  await page.locator(".list--wide .row").first().waitFor();
  assert.equal(await focused(page), number(4), "one goes on from the ticket that was left");
  await press(page, "j");
  assert.equal(await focused(page), number(3));
  await press(page, "Enter");
  await open(3);
  await press(page, "]");
  await open(2);
  assert.equal(await focused(page), number(2));

  // Two rows go: the next one has the focus.
  await page.goto(`${desk.url}/tickets?view=unassigned`);
  await row(page, tickets[4].number).waitFor();
  await press(page, "j", "x", "j", "x", "m");
  await row(page, tickets[4].number).waitFor({ state: "detached" });
  await page.waitForFunction((wanted) => document.activeElement.closest?.(".row")?.querySelector(".row__number")?.textContent === wanted, number(3));

  // What is done on a ticket leaves the keyboard there.
  await press(page, "Enter");
  await open(3);
  await page.locator('[data-deed="mark"]').click();
  await page.locator('.ticket__deeds [name="tag"]').fill("plans");
  await press(page, "Enter");
  await page.locator(".ticket__meta .tag", { hasText: "plans" }).waitFor();
  await within(page, ".ticket__deeds");
  await page.locator('[data-deed="mark"]').press("Enter");
  await press(page, "ArrowDown", "ArrowDown", "Enter");
  await page.locator(".step__summary", { hasText: "set the priority" }).waitFor();
  await within(page, ".ticket__deeds");
  await page.getByPlaceholder("Write here").fill("The small one.");
  await press(page, "Control+Enter");
  await answered(page);
  await page.getByRole("button", { name: "Send now" }).focus();
  await press(page, "Enter");
  await page.locator(".message--waiting").waitFor({ state: "detached" });
  await answered(page);
  await within(page, ".thread");
  await page.locator(".more > summary").click();
  await page.locator('.more form[action$="/merge"] [name="number"]').fill(number(1));
  await press(page, "Enter");
  await open(1);
  await within(page, "#main, .more");
});

once("menus are gone through by arrows and by what their entries begin with, and e says where nothing solves", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  const { tickets } = await begin(desk, page, 2);
  await page.goto(`${desk.url}/tickets/${tickets[0].id}`);
  const item = () => page.evaluate(() => document.activeElement.closest(".menu__item")?.textContent.replaceAll(/\s+/g, " ").trim());
  await press(page, "a");
  await page.locator(".owner[open] .menu__item", { hasText: "Bo Lindqvist" }).waitFor();
  await page.keyboard.type("bo");
  assert.match(await item(), /Bo Lindqvist/);
  await press(page, "Enter");
  await page.locator(".owner__name", { hasText: "Bo Lindqvist" }).waitFor();
  await page.locator(".owner[open]").waitFor({ state: "detached" });
  await answered(page);
  await press(page, "s");
  const first = await item();
  await press(page, "ArrowDown");
  assert.notEqual(await item(), first);
  await press(page, "ArrowUp");
  assert.equal(await item(), first);
  await press(page, "Escape");

  // A survey is worked through by its own steps: nothing solves it yet.
  const survey = await askForDocuments(page, desk, { name: "Maria Quintela", email: "maria@acme.example" });
  await page.goto(`${desk.url}/tickets`);
  await row(page, survey).getByRole("link").focus();
  await press(page, "e");
  await page.locator(".toast", { hasText: "Nothing here solves it" }).waitFor();
  assert.equal(await page.locator("#palette[open]").count(), 0);
  await row(page, tickets[0].number).getByRole("link").focus();
  await press(page, "e");
  await page.locator("#palette[open] [data-solving]").first().waitFor();
  await press(page, "Escape", "Enter");

  await page.getByPlaceholder("Write here").waitFor();
  await press(page, "?");
  await page.locator("#keys[open] .keys__line", { hasText: /Go to: Notifications\s*g n/ }).waitFor();
  await picture(page, "keys");
  await press(page, "Escape");
  for (const [typed, found] of [["dark", "Theme"], ["portug", "Language"], ["new ticket", "New ticket"], ["merge", "Merge into"], ["follow", "Follow"], ["tag", "Add a tag"]]) {
    await press(page, "Control+k");
    await page.keyboard.type(typed);
    await page.locator('#palette [role="option"]', { hasText: found }).first().waitFor();
    await press(page, "Escape");
  }
  await press(page, "Control+k");
  await page.keyboard.type("add a tag");
  await page.locator('#palette [aria-selected="true"]', { hasText: "Add a tag" }).waitFor();
  await press(page, "Enter");
  await within(page, '[name="tag"]');
});
