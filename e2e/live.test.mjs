// Two people look at the same desk: what one does, the other sees, without a reload and without anything jumping.
import assert from "node:assert/strict";
import { actAs, askForDocuments, assignee, choose, openLinked, openTicket, reloadUntil, row, sendReply, standsAt } from "./steps.mjs";
import { onEachDatabase } from "./story.mjs";

const maria = { name: "Maria Quintela", email: "maria@acme.example", details: "New logo on page one, please." };
const rui = { name: "Rui Tavares", email: "rui@borealis.example", details: "A nova morada no rodapé." };

/** A mark that a reload would wipe out. */
const mark = (page) => page.evaluate(() => (window.unreloaded = true));
const isMarked = async (page) => assert.ok(await page.evaluate(() => window.unreloaded === true), "the page was loaded again");

onEachDatabase("D5: whoever looks at the ticket sees it published while their own words stay", async ({ desk, visitor }) => {
  const acting = await visitor();
  const watching = await visitor();
  const number = await askForDocuments(acting, desk, maria);
  await openTicket(watching, desk, number);
  await mark(watching);
  const composer = watching.getByPlaceholder("Write here");
  await composer.fill("Half a sent");

  await openTicket(acting, desk, number);
  await openLinked(acting);
  await actAs(acting, await assignee(acting));
  await choose(acting, "Configured");
  await watching.locator(".linked", { hasText: "To do (publish)" }).waitFor();
  await choose(acting, "Published");
  await standsAt(watching, "Published");
  assert.equal(await watching.locator(".message--automatic").count(), 2, "the mail that tells the client is in the conversation");
  await row(watching, number).filter({ hasText: "Solved" }).waitFor();

  assert.equal(await composer.inputValue(), "Half a sent");
  assert.equal(await watching.evaluate(() => document.activeElement.name), "body", "the composer kept the focus");
  await isMarked(watching);
});

onEachDatabase("a new ticket waits behind a button while somebody is in the list, and slides in when nobody is", async ({ desk, visitor }) => {
  const acting = await visitor();
  const watching = await visitor();
  const first = await askForDocuments(acting, desk, maria);
  await watching.goto(`${desk.url}/tickets?playbook=document-change`);
  await mark(watching);
  await row(watching, first).locator(".row__state", { hasText: "Needs configuration" }).waitFor();
  const link = row(watching, first).getByRole("link");
  await link.focus();
  const place = await link.boundingBox();

  const second = await askForDocuments(acting, desk, rui);
  const pill = watching.getByRole("button", { name: "1 new" });
  await pill.waitFor();
  assert.equal(await row(watching, second).count(), 0);
  assert.deepEqual(await link.boundingBox(), place, "what has the focus stays where it is");
  await pill.click();
  await row(watching, second).waitFor();
  await pill.waitFor({ state: "hidden" });

  await watching.evaluate(() => document.activeElement.blur());
  await watching.mouse.move(1, 1);
  const third = await askForDocuments(acting, desk, { ...maria, details: "And one more." });
  await row(watching, third).waitFor();
  await isMarked(watching);
});

onEachDatabase("what happens while a page is on its way is on it all the same", async ({ desk, visitor }) => {
  const acting = await visitor();
  const watching = await visitor();
  const number = await askForDocuments(acting, desk, maria);
  await openTicket(acting, desk, number);
  const address = acting.url();
  // The page is made, then the ticket changes, then the page arrives and begins to listen.
  const say = async (words) => {
    await acting.getByPlaceholder("Write here").fill(words);
    await sendReply(acting);
    await acting.locator(".message--reply", { hasText: words }).waitFor();
  };
  const late = async (pattern, change) => {
    await watching.route(pattern, async (route) => {
      const answer = await route.fetch();
      await change();
      await route.fulfill({ response: answer });
      await watching.unroute(pattern);
    });
  };
  await late(address, () => say("While it loaded"));
  await watching.goto(address);
  await watching.locator(".message--reply", { hasText: "While it loaded" }).waitFor();

  const list = `${desk.url}/tickets?playbook=document-change`;
  let second;
  await late(list, async () => (second = await askForDocuments(acting, desk, rui)));
  await watching.goto(list);
  await row(watching, second).waitFor();

  // The same on the way from one page to the next, during which the old one goes on listening.
  await acting.goto(address);
  await late(address.split("?")[0] + "*", () => say("While it was fetched"));
  await row(watching, number).getByRole("link").click();
  await watching.locator(".message--reply", { hasText: "While it was fetched" }).waitFor();
});

onEachDatabase("whoever is given a ticket by hand sees it among theirs, and the ticket says who gave it", async ({ desk, visitor }) => {
  const acting = await visitor();
  const watching = await visitor();
  const number = await askForDocuments(acting, desk, maria);
  await watching.goto(desk.url);
  await actAs(watching, "Bo Lindqvist");
  await openTicket(watching, desk, number);
  await openTicket(acting, desk, number);
  await acting.locator('[data-key="assign"]').click();
  await acting.locator(".owner .menu__item", { hasText: "Bo Lindqvist" }).click();
  await watching.locator(".step__summary", { hasText: /gave it to Bo Lindqvist/ }).waitFor();
  await watching.locator(".owner__button", { hasText: "Bo Lindqvist" }).waitFor();
});

onEachDatabase("two replies do not cross unnoticed", async ({ desk, visitor }) => {
  const ana = await visitor();
  const dora = await visitor({ javaScriptEnabled: false });
  const number = await askForDocuments(ana, desk, maria);
  await openTicket(ana, desk, number);
  await openTicket(dora, desk, number);
  await ana.getByPlaceholder("Write here").fill("We begin today.");
  await sendReply(ana);
  await ana.locator(".message--reply", { hasText: "We begin today." }).waitFor();
  assert.equal(await ana.getByPlaceholder("Write here").inputValue(), "", "what was sent is no draft any more");

  await dora.getByPlaceholder("Write here").fill("We begin tomorrow.");
  await dora.getByRole("button", { name: "Send reply" }).click();
  await dora.getByRole("alert").filter({ hasText: "Something was said on this ticket while you were writing." }).waitFor();
  assert.equal((await dora.getByPlaceholder("Write here").inputValue()).trim(), "We begin tomorrow.");
  await dora.locator(".message--reply", { hasText: "We begin today." }).waitFor();
});

onEachDatabase("without scripts a request is made, answered and decided all the same", async ({ desk, visitor }) => {
  const page = await visitor({ javaScriptEnabled: false });
  const number = await askForDocuments(page, desk, maria);
  await openTicket(page, desk, number);
  await reloadUntil(page, page.locator(".linked", { hasText: "To do" }));
  await openLinked(page);
  await page.getByRole("radio", { name: "Note" }).check({ force: true });
  await page.getByPlaceholder("Write here").fill("Template 14.");
  await page.getByRole("button", { name: "Add note" }).click();
  await page.locator(".message--note", { hasText: "Template 14." }).waitFor();
  await choose(page, "Configured");
  await standsAt(page, "To do (publish)");
});
