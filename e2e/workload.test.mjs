// D10: the work of customer solutions, by person and by component, from the rows that share it out.
import assert from "node:assert/strict";
import { actAs, askForDocuments, assignee, choose, openLinked, openTicket } from "./steps.mjs";
import { onEachDatabase } from "./story.mjs";

const maria = { name: "Maria Quintela", email: "maria@acme.example", details: "New logo on page one, please." };
const rui = { name: "Rui Tavares", email: "rui@borealis.example", details: "A nova morada no rodapé." };
const line = (page, table, name) => page.locator(`[aria-labelledby="${table}"] tbody tr`, { has: page.getByRole("rowheader", { name }) });
const count = (page, table, name) => line(page, table, name).locator("td.number").innerText();

onEachDatabase("D10: the dashboard counts what is open by person and component, names who gets the next, and follows as it changes", async ({ desk, visitor }) => {
  const page = await visitor();
  const watching = await visitor();
  await openTicket(page, desk, await askForDocuments(page, desk, maria));
  await openLinked(page);
  const first = await assignee(page);
  const second = ["Bo Lindqvist", "Cy Okafor"].find((name) => name !== first);

  await watching.goto(`${desk.url}/tickets`);
  await watching.locator(".rail").getByRole("link", { name: "Workload" }).click();
  await watching.locator("#workload").getByRole("link", { name: "Customer solutions" }).click();
  await line(watching, "by-person", second).getByText("gets the next").waitFor();
  assert.equal(await count(watching, "by-person", first), "1");
  assert.equal(await count(watching, "by-component", "Acme Lending"), "1");
  assert.equal(await watching.locator(".chart").first().locator("text.chart__number").last().textContent(), "1");

  await openTicket(page, desk, await askForDocuments(page, desk, rui));
  await watching.locator(".workload__sum", { hasText: "2 tickets open or pending" }).waitFor();
  // The one with fewer gets it, once it has begun.
  await line(watching, "by-person", second).locator("td.number", { hasText: /^\s*1\s*$/ }).waitFor();

  await openLinked(page);
  await actAs(page, second);
  await choose(page, "Configured");
  await choose(page, "Published");
  await watching.locator(".workload__sum", { hasText: "One ticket open or pending" }).waitFor();
  assert.equal(await count(watching, "by-person", second), "0");

  const csv = await watching.request.get(new URL(await watching.getByRole("link", { name: "Download as CSV" }).getAttribute("href"), desk.url).href);
  assert.match(await csv.text(), new RegExp(`^\ufeffperson,component,tickets\r\n[^]*${first},Acme Lending,1\r\n`));

  await line(watching, "by-person", first).locator("td.number a").click();
  await watching.locator(".list--wide .list__title", { hasText: first }).waitFor();
  assert.equal(await watching.locator(".row").count(), 1);
  await watching.locator(".row__subject").waitFor();
  await watching.goBack();
  await line(watching, "by-component", "Acme Lending").locator("td.number a").click();
  await watching.locator(".list--wide .list__title", { hasText: "Acme Lending" }).waitFor();
  assert.equal(await watching.locator(".row").count(), 1);
});
