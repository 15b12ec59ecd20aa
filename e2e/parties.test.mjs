// A colleague gives a ticket away, and writes to somebody beside the client: who gets it, and whose answer counts.
import assert from "node:assert/strict";
import { actAs, assignee, deliver, header, mailTo, mailsTo, openTicket, row, sendReply, standsAt } from "./steps.mjs";
import { onEachDatabase, once } from "./story.mjs";

const playbook = `language: 1
playbook: general-request
title: { en: Access, pt: Acesso }
team: support
opens: [ mail, api ]
parties:
  confirmer: { of: organization, may: confirm-access }
  payer:     { of: organization, may: pay }
initial: new
states:
  new:
    title: { en: New, pt: Novo }
    entry: [ { suggest: { reply: closing-for-now } } ]
    on: { confirmer.written_to: asked, agent.replied: answered, confirmer.replied: confirmed }
  asked:
    title: { en: Waiting for a yes, pt: À espera de um sim }
    waiting_on: confirmer
    on: { confirmer.replied: confirmed }
    after: { 5 days: new }
  confirmed:
    title: { en: Confirmed, pt: Confirmado }
    choices: { close: { label: { en: Close, pt: Fechar }, target: closed } }
  answered:
    title: { en: Answered, pt: Respondido }
    choices: { close: { label: { en: Close, pt: Fechar }, target: closed } }
  closed: { type: final }
`;
const files = { "playbooks/general-request.yaml": playbook };

const mail = (from, to, subject, id, more, text) => [`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, `Message-ID: <${id}@acme.example>`, ...more,
  "Content-Type: text/plain; charset=utf-8", "", text];

const composer = (page) => page.getByPlaceholder("Write here");

onEachDatabase("a colleague writes to whoever may confirm, and their answer counts", async ({ desk, visitor }) => {
  const page = await visitor();
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  const token = await desk.token("agent");
  const headers = { Authorization: `Bearer ${token}` };
  const olga = { name: "Olga Reis", organization: "acme", may: ["confirm-access"] };
  assert.equal((await page.request.put(`${desk.url}/api/v1/contacts/olga@acme.example`, { headers, data: olga })).status(), 200);
  const { ticket } = await deliver(page, desk, token, mail("Maria Quintela <maria@acme.example>", "help@desk.example", "May I come in?", "a", [], "I need access."));
  await openTicket(page, desk, ticket.number);

  assert.match(await composer(page).inputValue(), /Hello|Maria/, "a draft waits for Maria");
  const draft = await composer(page).inputValue();
  const to = page.getByLabel("To", { exact: true });
  assert.deepEqual(await to.locator("option").allInnerTexts(), ["Maria Quintela", "Confirmer: Olga Reis"]);
  await page.locator(".composer__unreachable", { hasText: "Payer" }).waitFor();
  await to.selectOption({ label: "Confirmer: Olga Reis" });
  assert.equal(await composer(page).inputValue(), "", "the draft is not for Olga");
  await to.selectOption({ label: "Maria Quintela" });
  assert.equal(await composer(page).inputValue(), draft);
  await to.selectOption({ label: "Confirmer: Olga Reis" });
  await composer(page).fill("May Maria come in?");
  await sendReply(page);
  await standsAt(page, "Waiting for a yes");
  await page.locator(".message--reply", { hasText: "May Maria come in?" }).getByText("to olga@acme.example").waitFor();

  const sent = await mailTo(page, desk, "olga@acme.example");
  assert.match(sent.raw, /May Maria come in\?/);
  assert.equal((await mailsTo(page, desk, "maria@acme.example")).length, 0, "Maria has heard nothing");
  const answer = [`In-Reply-To: ${header(sent.raw, "Message-ID")}`];
  const answered = await deliver(page, desk, token, mail("Olga Reis <olga@acme.example>", header(sent.raw, "Reply-To"), "Re: May I come in?", "b", answer, "Yes, she may."));
  assert.equal(answered.outcome, "appended");
  await openTicket(page, desk, ticket.number);
  await standsAt(page, "Confirmed");
}, files);

once("a ticket is taken by one key, given to a colleague, and to nobody, live and without scripts", async ({ desk, visitor }) => {
  const ana = await visitor();
  const bo = await visitor();
  await ana.goto(desk.url);
  await actAs(ana, "Ana Prado");
  await bo.goto(desk.url);
  await actAs(bo, "Bo Lindqvist");
  const { ticket } = await deliver(ana, desk, await desk.token("agent"), mail("Maria Quintela <maria@acme.example>", "help@desk.example", "Which plan?", "c", [], "Which one?"));
  await openTicket(ana, desk, ticket.number);
  await openTicket(bo, desk, ticket.number);
  assert.equal(await assignee(ana), "Nobody");

  await ana.locator(".thread").focus();
  await ana.keyboard.press("a");
  await ana.locator(".owner[open]").waitFor();
  assert.match(await ana.evaluate(() => document.activeElement.innerText), /Ana Prado\s*me/);
  await ana.keyboard.press("Enter");
  await ana.locator(".owner__button", { hasText: "Ana Prado" }).waitFor();
  assert.equal(await assignee(ana), "Ana Prado");
  await bo.locator(".owner__button", { hasText: "Ana Prado" }).waitFor();

  await ana.keyboard.press("Escape");
  await bo.locator(".owner__button").click();
  await bo.locator(".owner .menu__heading", { hasText: "Its team" }).waitFor();
  await bo.locator(".owner .menu__heading", { hasText: "Other colleagues" }).waitFor();
  await bo.locator(".owner .menu__item", { hasText: "Dora Meireles" }).click();
  await ana.locator(".owner__button", { hasText: "Dora Meireles" }).waitFor();
  await ana.goto(`${desk.url}/tickets`);
  await row(ana, ticket.number).locator(".row__assignee", { hasText: "Dora Meireles" }).waitFor();

  const plain = await visitor({ javaScriptEnabled: false });
  await plain.goto(desk.url);
  await openTicket(plain, desk, ticket.number);
  await plain.locator(".owner__button").click();
  await plain.locator(".owner .menu__item", { hasText: "Nobody" }).click();
  await plain.locator(".owner__button", { hasText: "Nobody" }).waitFor();
  assert.equal(await assignee(plain), "Nobody");
  await plain.locator(".owner__button").click();
  await plain.getByRole("link", { name: "Other colleagues" }).click();
  const others = plain.locator("form", { hasText: "Other colleagues" });
  await others.getByRole("button").last().click();
  assert.notEqual(await assignee(plain), "Nobody");
});

once("whoever looks at the mailboxes sees until when they are read and what waits for them", async ({ desk, visitor }) => {
  const page = await visitor();
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  await page.goto(`${desk.url}/tickets`);
  assert.equal(await page.locator(".rail").getByRole("link", { name: "Mailboxes" }).count(), 0, "no mailbox is watched");
  const token = await desk.token("agent");
  const headers = { Authorization: `Bearer ${token}` };
  const read = { caught_up_until: new Date(Date.now() - 3 * 3_600_000).toISOString() };
  assert.equal((await page.request.put(`${desk.url}/api/v1/mailboxes/help`, { headers, data: read })).status(), 200);
  await page.goto(`${desk.url}/tickets`);
  await page.locator(".rail").getByRole("link", { name: "Mailboxes" }).click();
  await page.locator(".mailbox--late", { hasText: "help" }).getByText("Not read since").waitFor();
  await page.getByText("Nothing waits for the mail.").waitFor();
});
