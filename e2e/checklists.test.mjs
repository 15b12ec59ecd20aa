// A checklist on a ticket's page: it holds a choice back, takes evidence, and says who checked what.
import assert from "node:assert/strict";
import { actAs, choose, deliver, openTicket, standsAt } from "./steps.mjs";
import { onEachDatabase } from "./story.mjs";

const playbook = `language: 1
playbook: general-request
title: { en: General request, pt: Pedido geral }
team: support
opens: [ mail, api, hand ]
checklists:
  handover:
    title: { en: Before it goes live, pt: Antes de entrar em uso }
    items:
      - { id: tested, label: Tried it out, evidence: [ link, text ] }
      - { id: agreed, label: The client agreed, evidence: [ message ], from: requester }
      - { id: told, label: Told everybody, required: false }
initial: waiting
states:
  waiting:
    title: { en: Ready to go, pt: Pronto }
    choices: { go: { label: { en: Go live, pt: Avançar }, needs: [ handover ], target: done } }
  done: { title: { en: Done, pt: Feito }, type: final }
`;

async function aTicket(page, desk) {
  const { ticket } = await deliver(page, desk, await desk.token("agent"), [
    "From: Maria Quintela <maria@acme.example>",
    "To: help@desk.example",
    "Subject: Please switch it on",
    "Message-ID: <go@acme.example>",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Yes, from our side all is well.",
  ]);
  return ticket.number;
}

/** The item of that label. */
const item = (page, label) => page.locator(".check", { hasText: label });

onEachDatabase("a checklist holds a choice back until it is done, with evidence, and says who did it", async ({ desk, visitor }) => {
  const page = await visitor();
  await page.goto(`${desk.url}/tickets`);
  await actAs(page, "Ana Prado");
  await openTicket(page, desk, await aTicket(page, desk));
  await page.locator(".choice--off", { hasText: "Still to check: Tried it out, The client agreed" }).waitFor();
  await page.locator(".checklist__progress--needed", { hasText: "0 of 2 done" }).waitFor();

  await item(page, "Tried it out").locator("summary").click();
  await item(page, "Tried it out").getByLabel("Its address").fill("see the shared folder");
  await item(page, "Tried it out").getByRole("button", { name: "Check: Tried it out" }).click();
  await item(page, "Tried it out").getByText("an address is needed").waitFor();
  assert.equal(await item(page, "Tried it out").getByLabel("Its address").inputValue(), "see the shared folder");
  await item(page, "Tried it out").getByLabel("Its address").fill("https://docs.example/tests/7");
  await item(page, "Tried it out").getByRole("button", { name: "Check: Tried it out" }).click();
  await page.locator(".check--done", { hasText: "Tried it out" }).getByText("Ana Prado").waitFor();
  const link = item(page, "Tried it out").getByRole("link", { name: "https://docs.example/tests/7" });
  assert.match(await link.getAttribute("rel"), /noopener/);

  await item(page, "The client agreed").locator("summary").click();
  await item(page, "The client agreed").getByRole("radio").first().check();
  await item(page, "The client agreed").getByRole("button", { name: "Check: The client agreed" }).click();
  await page.locator(".checklist__progress", { hasText: "2 of 2 done" }).waitFor();
  await page.locator(".step__summary", { hasText: "Ana Prado checked: The client agreed" }).waitFor();

  await item(page, "Tried it out").getByRole("button", { name: "Take back: Tried it out" }).click();
  await page.locator(".choice--off", { hasText: "Still to check: Tried it out" }).waitFor();
  await item(page, "Tried it out").locator("summary").click();
  await item(page, "Tried it out").getByLabel("What shows it").fill("Ran it twice");
  await item(page, "Tried it out").getByRole("button", { name: "Check: Tried it out" }).click();
  await item(page, "Told everybody").getByRole("button", { name: "Check: Told everybody" }).click();
  await page.locator(".checklist__progress", { hasText: "2 of 2 done" }).waitFor();
  await choose(page, "Go live");
  await standsAt(page, "Done");
}, { "playbooks/general-request.yaml": playbook });
