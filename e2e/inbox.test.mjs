// A morning in the inbox: by keyboard alone, in one list with a colleague, with many tickets at once, and with what was done undone.
import assert from "node:assert/strict";
import { isForEverybody } from "./everybody.mjs";
import { actAs, answered, askForDocuments, deliver, openTicket, row } from "./steps.mjs";
import { once, onEachDatabase } from "./story.mjs";

const maria = { name: "Maria Quintela", email: "maria@acme.example", details: "New logo on page one, please." };
const rui = { name: "Rui Tavares", email: "rui@borealis.example", details: "A nova morada no rodapé." };
const ines = { name: "Inês Falcão", email: "ines@borealis.example", details: "O logótipo novo." };

const toast = (page, words) => page.locator(".toast", { hasText: words });
const view = (page, name) => page.locator(".rail .view", { hasText: name });
const focused = (page) => page.evaluate(() => document.activeElement.closest?.(".row")?.querySelector(".row__number")?.textContent);
const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Three tickets of support's, oldest first, and their linked ones. Each is where it waits for somebody before the next one comes. */
async function morning(page, desk) {
  const numbers = [];
  for (const who of [maria, rui, ines]) {
    numbers.push(await askForDocuments(page, desk, who));
    await page.goto(`${desk.url}/tickets?team=support`);
    await row(page, numbers.at(-1)).locator(".row__state", { hasText: /Needs configuration|Requirements not met/ }).waitFor();
  }
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  return numbers;
}

once("a morning in the inbox by keyboard alone", async ({ desk, visitor }) => {
  const page = await visitor();
  const [first, second, third] = await morning(page, desk);
  await page.goto(`${desk.url}/tickets?view=teams`);
  await row(page, third).waitFor();
  assert.match(await view(page, "My teams").locator(".view__count").textContent(), /^\d+$/);

  // Take the newest, which stays in the list of the team; the rest is one key away.
  await press(page, "j", "m");
  await toast(page, "Given to Ana Prado").waitFor();
  await row(page, third).locator(".row__assignee", { hasText: "Ana Prado" }).waitFor();
  assert.equal(await focused(page), `#${third}`);
  await press(page, "z");
  await toast(page, "Put back").waitFor();
  await row(page, third).locator(".row__assignee", { hasText: "Support" }).waitFor();

  // Two at once are snoozed: they leave, and the next row has the focus.
  await press(page, "x", "j", "x", "s");
  await page.locator("#bulk-snooze[open]").waitFor();
  await press(page, "Enter");
  await toast(page, /Snoozed until .* · 2 tickets/).waitFor();
  await row(page, third).waitFor({ state: "detached" });
  await row(page, second).waitFor({ state: "detached" });
  await view(page, "Snoozed").locator(".view__count", { hasText: "2" }).waitFor();
  await press(page, "z");
  await row(page, second).waitFor();

  // The palette: by words to a view, by number to a ticket, and what can be done with it.
  await press(page, "Control+k");
  await page.keyboard.type("unassig");
  await page.locator('[role="option"][aria-selected="true"]', { hasText: "Unassigned" }).waitFor();
  await press(page, "Enter");
  await page.locator(".list__title", { hasText: "Unassigned" }).waitFor();
  await press(page, "Control+k");
  await page.keyboard.type(String(first));
  await page.locator('[role="option"][aria-selected="true"]', { hasText: `#${first}` }).waitFor();
  await press(page, "Enter");
  await page.locator("main[data-ticket] .ticket__number", { hasText: `#${first}` }).waitFor();
  await press(page, "Control+k");
  await page.keyboard.type("urgent");
  await page.locator('[role="option"][aria-selected="true"]', { hasText: "Priority: Urgent" }).waitFor();
  await press(page, "Enter");
  await page.locator(".ticket__meta .chip--breach").waitFor();
  await page.locator(".step__summary", { hasText: "Ana Prado set the priority: Urgent" }).waitFor();
  await page.locator(".step__undo button").focus();
  await press(page, "Enter");
  await page.locator(".ticket__meta .chip--breach").waitFor({ state: "detached" });

  // The keys can be looked at, changed, and turned off.
  await page.evaluate(() => document.activeElement.blur());
  await press(page, "?");
  await page.locator("#keys[open] .keys__line", { hasText: "Snooze" }).waitFor();
  await press(page, "Escape");
  await page.goto(`${desk.url}/keys`);
  await page.getByLabel("Take it").fill("q");
  await page.getByRole("button", { name: "Keep these keys" }).click();
  await page.getByText("Kept.").waitFor();
  await page.goto(`${desk.url}/tickets?view=unassigned`);
  await press(page, "j", "m");
  assert.equal(await page.locator(".toast").count(), 0, "the key is another one now");
  await press(page, "q");
  await toast(page, "Given to Ana Prado").waitFor();
  await page.goto(`${desk.url}/keys`);
  await page.getByLabel("Turn single keys off").check();
  await page.getByRole("button", { name: "Keep these keys" }).click();
  await page.getByText("Kept.").waitFor();
  await page.goto(`${desk.url}/tickets?view=unassigned`);
  await press(page, "j", "q");
  assert.equal(await focused(page), undefined);
  await press(page, "Control+k");
  await page.locator("#palette[open]").waitFor();
});

onEachDatabase("two agents, one list: what one takes leaves the other's, who sees what is unread", async ({ desk, visitor }) => {
  const ana = await visitor();
  const dora = await visitor();
  const [first, second, third] = await morning(ana, desk);
  await dora.goto(desk.url);
  await actAs(dora, "Bo Lindqvist");
  await dora.goto(`${desk.url}/tickets?view=unassigned`);
  await row(dora, third).and(dora.locator(".row--unread")).waitFor();
  await row(dora, third).getByRole("link").click();
  await dora.locator("main[data-ticket] .ticket__number", { hasText: `#${third}` }).waitFor();
  await dora.goto(`${desk.url}/tickets?view=unassigned`);
  await row(dora, third).and(dora.locator(".row:not(.row--unread)")).waitFor();
  const held = row(dora, second).getByRole("link");
  await held.focus();
  const place = await held.boundingBox();

  await ana.goto(`${desk.url}/tickets?view=unassigned`);
  await row(ana, third).getByRole("link").focus();
  await press(ana, "m");
  await toast(ana, "Given to Ana Prado").waitFor();
  await row(ana, third).waitFor({ state: "detached" });
  await row(dora, third).and(dora.locator(".is-leaving")).waitFor();
  assert.deepEqual(await held.boundingBox(), place, "what has the focus stays where it is");
  await dora.evaluate(() => document.activeElement.blur());
  await dora.mouse.move(1, 1);
  await row(dora, third).waitFor({ state: "detached" });
  await row(dora, first).waitFor();
});

onEachDatabase("many tickets are changed at once, undone, and kept in a view of one's own", async ({ desk, visitor }) => {
  const page = await visitor();
  const numbers = await morning(page, desk);
  const token = await desk.token("agent");
  await page.goto(`${desk.url}/tickets?team=support&status=unfinished`);
  await row(page, numbers[2]).locator(".row__pick input").check();
  await row(page, numbers[0]).locator(".row__pick input").click({ modifiers: ["Shift"] });
  await page.locator(".bulk__count", { hasText: "3 selected" }).waitFor();
  await page.locator("#bulk-mark summary").click();
  await page.locator('#bulk-mark input[name="tag"]').fill("logo");
  await page.keyboard.press("Enter");
  await toast(page, "Tagged logo · 3 tickets").waitFor();
  await page.goto(`${desk.url}/tickets?tag=logo`);
  for (const number of numbers) await row(page, number).waitFor();

  // What it is cut by stands above it, and each can be taken away.
  await page.locator(".asked__chip", { hasText: "Tag: logo" }).waitFor();
  await page.locator("#keep summary").click();
  await page.locator("#keep").getByLabel("Name of the view").fill("Logos");
  await page.getByRole("button", { name: "Keep view" }).click();
  await view(page, "Logos").locator(".view__count", { hasText: "3" }).waitFor();
  await page.locator(".list__title", { hasText: "Logos" }).waitFor();
  // A view of one's own says what it filters, in chips and in the form.
  await page.locator(".asked__chip", { hasText: "Tag: logo" }).waitFor();
  await page.locator("#filters summary").click();
  assert.equal(await page.locator('#filters [name="tag"]').inputValue(), "logo");
  await page.locator('#filters [name="status"]').selectOption({ label: "Solved" });
  await page.locator("#filters").getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/status=solved/);
  await page.locator(".asked__chip", { hasText: "Status: Solved" }).click();
  await page.waitForURL((url) => url.search === "?tag=logo");
  await view(page, "Logos").click();
  await page.locator(".list__title", { hasText: "Logos" }).waitFor();

  await row(page, numbers[1]).locator(".row__pick input").check();
  await page.getByRole("button", { name: "All in this view" }).click();
  await page.locator("#bulk-assign summary").click();
  await page.locator("#bulk-assign .menu__item", { hasText: "Bo Lindqvist" }).click();
  // What is said stays as long as the pointer is on it.
  await toast(page, "Given to Bo Lindqvist · 3 tickets").hover();
  // One of them is changed meanwhile: the undo leaves it alone and says so.
  const listed = await (await fetch(`${desk.url}/api/v1/tickets?tag=logo`, { headers: { authorization: `Bearer ${token}` } })).json();
  const changed = listed.items.find((ticket) => ticket.number === numbers[1]);
  await fetch(`${desk.url}/api/v1/tickets/${changed.id}`, { method: "PATCH", headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: '{"priority":"high"}' });
  await row(page, numbers[1]).locator(".flag--high").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await toast(page, "Put back · 2 of 3 tickets · The ticket has changed since.").waitFor();
  await row(page, numbers[1]).locator(".row__assignee", { hasText: "Bo Lindqvist" }).waitFor();
  await row(page, numbers[0]).locator(".row__assignee", { hasText: "Support" }).waitFor();

  await page.locator("#order summary").click();
  await page.getByRole("button", { name: "Remove this view" }).click();
  await page.locator(".list__title", { hasText: "Mine" }).waitFor();
  assert.equal(await view(page, "Logos").count(), 0);
  // Its removal is taken back by the toast, and the page that is loaded again offers it no more.
  await toast(page, "The view “Logos” was removed.").waitFor();
  assert.equal(new URL(page.url()).search, "?view=mine");
  await page.locator("#toast").getByRole("button", { name: "Undo" }).click();
  await page.locator(".list__title", { hasText: "Logos" }).waitFor();
  await view(page, "Logos").locator(".view__count", { hasText: "3" }).waitFor();
  await page.locator(".asked__chip", { hasText: "Tag: logo" }).waitFor();
});

onEachDatabase("whoever works through a list has it beside them whatever they do to a ticket", async ({ desk, visitor }) => {
  const page = await visitor();
  const token = await desk.token("owner");
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  for (const name of ["first", "second"]) await deliver(page, desk, token, ["From: tom@cobalt.example", "To: help@desk.example", `Subject: The ${name}`, `Message-ID: <${name}@cobalt.example>`, "", "Which plan?"]);
  const there = () => new URL(page.url()).pathname + new URL(page.url()).search;
  await page.goto(`${desk.url}/tickets?view=unassigned&sort=oldest`);
  await page.locator(".row__link", { hasText: "The first" }).click();
  await page.locator("main[data-ticket] h1, main[data-ticket] h2", { hasText: "The first" }).first().waitFor();
  const ticket = there();
  assert.match(ticket, /^\/tickets\/\d+\?view=unassigned&sort=oldest$/);

  await page.locator("label", { hasText: "Note" }).click();
  await page.getByPlaceholder("Write here").fill("Seen.");
  await page.getByRole("button", { name: "Add note" }).click();
  await page.locator(".message--note", { hasText: "Seen." }).waitFor();
  await answered(page);
  assert.equal(there(), ticket);

  // What cannot be said comes back on the ticket's own page, which can be loaded again.
  await page.locator("label", { hasText: "Reply" }).first().click();
  await page.getByPlaceholder("Write here").fill("The small one.");
  await page.locator('.composer [name="seen"]').evaluate((field) => (field.value = "1"));
  const refused = page.waitForResponse((response) => response.url().endsWith("/replies"));
  await page.getByRole("button", { name: "Send reply" }).click();
  assert.equal((await refused).status(), 409);
  await page.locator("#composer-error").first().waitFor();
  assert.equal(there(), ticket);
  await page.reload();
  assert.equal(there(), ticket);
  const reloaded = await page.goto(`${desk.url}${ticket.split("?")[0]}/replies`);
  assert.deepEqual([reloaded.status(), there()], [200, ticket.split("?")[0]]);

  await page.goto(`${desk.url}${ticket}`);
  await page.locator("#main").focus();
  await page.keyboard.press("e");
  await page.locator(".toast", { hasText: /Ana Prado.*Open.*→.*Solved/ }).waitFor();
  assert.equal(there(), ticket);
  assert.notEqual(await page.evaluate(() => document.activeElement.localName), "body", "the keyboard stays where somebody works");
  await page.keyboard.press("u");
  await page.waitForURL(`${desk.url}/tickets?view=unassigned&sort=oldest`);
});

once("without scripts tickets are ticked, changed and put back all the same", async ({ desk, visitor }) => {
  const page = await visitor({ javaScriptEnabled: false });
  const number = await askForDocuments(page, desk, maria);
  await page.goto(`${desk.url}/tickets`);
  await row(page, number).locator(".row__pick input").check();
  await page.locator("#bulk-mark summary").click();
  await page.locator("#bulk-mark").getByRole("button", { name: "High" }).click();
  await page.getByRole("heading", { name: "Priority: High" }).waitFor();
  await page.getByRole("link", { name: "Back to the tickets" }).click();
  await row(page, number).locator(".flag--high").waitFor();
  // Whom it is given to is asked on a page, which everybody has room on.
  await row(page, number).locator(".row__pick input").check();
  await page.locator("#bulk-assign summary").click();
  await page.locator("#bulk-assign").getByRole("button", { name: "Other colleagues" }).click();
  await page.getByRole("heading", { name: "Give to somebody" }).waitFor();
  await page.getByRole("button", { name: "Bo Lindqvist" }).click();
  await page.getByRole("heading", { name: "Given to Bo Lindqvist" }).waitFor();
  await openTicket(page, desk, number);
  await page.locator(".step__undo button").click();
  await page.getByRole("heading", { name: "Put back" }).waitFor();
});

const long = "The checkout is down, nobody can pay, and what our customers read there is a page of numbers that none of us understands since the morning";

/** A mail about something urgent that has a long name; the number of its ticket. */
async function urgent(page, desk) {
  const lines = ["From: Tom Ashby <tom@cobalt.example>", "To: help@desk.example", `Subject: ${long}`, "Message-ID: <long@cobalt.example>", "", "Nobody can pay."];
  const { ticket } = await deliver(page, desk, await desk.token("agent"), lines);
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  return ticket;
}

once("on a phone nothing of a ticket's head lies upon something else, and a long subject is read whole", async ({ desk, visitor, picture }) => {
  const page = await visitor({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const ticket = await urgent(page, desk);
  await page.goto(`${desk.url}/tickets/${ticket.id}`);
  const subject = page.locator(".ticket__subject");
  await subject.waitFor();
  await picture(page, "head");
  const overlaps = await page.evaluate(() => {
    const parts = [".ticket__subject", ".ticket__meta > *", ".ticket__head > a", ".ticket__deeds summary", ".owner > summary", ".more > summary"];
    const boxes = parts.flatMap((part) => [...document.querySelectorAll(part)]).map((element) => [element.className, element.getBoundingClientRect()]).filter(([, box]) => box.width > 1);
    const meet = (one, other) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1;
    return boxes.flatMap(([name, box], place) => boxes.slice(place + 1).filter(([, other]) => meet(box, other)).map(([other]) => `${name} and ${other}`));
  });
  assert.deepEqual(overlaps, []);
  const cut = () => subject.evaluate((heading) => heading.scrollHeight - heading.clientHeight);
  assert.ok((await subject.boundingBox()).width > 300);
  assert.ok((await cut()) > 1, "it is longer than the head has room for");
  await subject.tap();
  assert.ok((await cut()) <= 1, "a tap shows all of it");

  // The composer does not fold under the finger that turns it to a note; a colleague is named without a keyboard.
  const field = page.getByPlaceholder("Write here");
  await field.tap();
  await page.locator("label", { hasText: "Note" }).tap();
  assert.equal(await page.locator('[name="kind"]:checked').inputValue(), "note");
  await page.locator(".composer__mention > summary").tap();
  const colleague = page.locator(".composer__mention").getByRole("button", { name: "Bo Lindqvist" });
  await colleague.waitFor();
  await isForEverybody(page);
  await picture(page, "colleagues");
  await colleague.tap();
  assert.equal(await field.inputValue(), "@Bo Lindqvist ");
});

once("why something is urgent is folded by Escape and by a click elsewhere", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  const ticket = await urgent(page, desk);
  await page.goto(`${desk.url}/tickets/${ticket.id}`);
  assert.equal(await page.locator(".ticket__subject").getAttribute("title"), long);
  const why = page.locator(".urgency");
  const isOpen = () => why.evaluate((details) => details.open);
  await why.locator("summary").click();
  await why.locator("dd").first().waitFor();
  await picture(page, "why");
  await page.keyboard.press("Escape");
  assert.equal(await isOpen(), false);
  assert.ok(await why.locator("summary").evaluate((summary) => summary === document.activeElement), "the keyboard is where it was");
  await why.locator("summary").click();
  assert.equal(await isOpen(), true);
  await page.locator(".thread").click({ position: { x: 5, y: 5 } });
  assert.equal(await isOpen(), false);
});

once("a list gives its room to the subjects, and a low window shows every view or that there are more", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  const ticket = await urgent(page, desk);
  await page.goto(`${desk.url}/tickets`);
  await row(page, ticket.number).waitFor();
  const { width } = await row(page, ticket.number).locator(".row__subject").boundingBox();
  assert.ok(width > 400, `${width} px are the subject's`);
  await picture(page, "list 1440");
  await page.setViewportSize({ width: 1024, height: 768 });
  const views = page.locator(".rail__views");
  assert.ok(await views.evaluate((pane) => pane.scrollHeight <= pane.clientHeight), "no view is half an icon");
  await picture(page, "rail 1024");
  await page.setViewportSize({ width: 1024, height: 500 });
  assert.ok(await views.evaluate((pane) => pane.scrollHeight > pane.clientHeight));
  assert.match(await views.evaluate((pane) => getComputedStyle(pane).backgroundAttachment), /local.*scroll/, "a shade says that there are more");
  await picture(page, "rail low");
});
