// Insights: a lead sees what a span came to, narrows it, sorts it, takes it along as a file; with or without scripts, on a phone, in the dark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isForEverybody } from "./everybody.mjs";
import { actAs, deliver, moveClock } from "./steps.mjs";
import { once, onEachDatabase } from "./story.mjs";

const clients = { tom: "Tom Ashby <tom@cobalt.example>", maria: "Maria Quintela <maria@acme.example>", rui: "Rui Tavares <rui@borealis.example>" };
const figure = (page, what) => page.locator(".insights__figure", { has: page.getByText(what, { exact: true }) }).locator(".insights__now");
const line = (page, table, name) => page.locator(`[aria-labelledby="${table}"] tbody tr`, { has: page.getByRole("rowheader", { name }) });
const names = (page, table) => page.locator(`section[aria-labelledby="${table}"] tbody th`).allInnerTexts();

async function call(page, desk, token, address, data) {
  const answer = await page.request.post(`${desk.url}/api/v1/${address}`, { headers: { Authorization: `Bearer ${token}` }, data });
  assert.ok(answer.ok(), await answer.text());
  return answer.json();
}

/** A mail of somebody's, and the ticket that it opens. */
async function writes(page, desk, token, who, id) {
  const mail = [`From: ${clients[who]}`, "To: help@desk.example", `Subject: Question ${id}`, `Message-ID: <${id}@x.example>`, "Content-Type: text/plain", "", "When will it be there?"];
  return (await deliver(page, desk, token, mail)).ticket.id;
}

/** Some days of work: tickets that are answered, solved, come back, or wait. */
async function work(page, desk, days) {
  const token = await desk.token("agent");
  for (let day = 0; day < days; day += 1) {
    const opened = [];
    for (let count = 0; count <= (day * 3) % 5; count += 1) opened.push(await writes(page, desk, token, Object.keys(clients)[(day + count) % 3], `d${day}-${count}`));
    await moveClock(page, "one hour forward");
    for (const [place, id] of opened.entries()) {
      if (place % 2 === 0) await call(page, desk, token, `tickets/${id}/replies`, { kind: "reply", body: "Tomorrow." });
      if (place % 3 === 0) await call(page, desk, token, `tickets/${id}/choices/solve`, {});
      if (place === 3) await call(page, desk, token, `tickets/${id}/choices/reopen`, {});
    }
    await moveClock(page, "one day forward");
  }
}

onEachDatabase("a lead sees what some days came to, beside those before, narrows and sorts it, and takes it along", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  const token = await desk.token("agent");
  await page.goto(desk.url);
  const first = await writes(page, desk, token, "tom", "one");
  await writes(page, desk, token, "maria", "two");
  await moveClock(page, "one hour forward");
  await call(page, desk, token, `tickets/${first}/replies`, { kind: "reply", body: "Tomorrow." });
  await call(page, desk, token, `tickets/${first}/choices/solve`, {});

  await actAs(page, "Ana Prado");
  await page.goto(`${desk.url}/tickets`);
  assert.equal(await page.locator(".rail").getByRole("link", { name: "Insights" }).count(), 0, "it is not for agents");
  await actAs(page, "Lea Novak");
  await page.goto(`${desk.url}/tickets`);
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await page.locator("#insights").waitFor();
  assert.equal(await figure(page, "Opened").innerText(), "2");
  assert.equal(await figure(page, "Solved or closed").innerText(), "1");
  assert.equal(await figure(page, "Unfinished at the end").innerText(), "1");
  assert.match(await figure(page, "First answer, median").innerText(), /^1 h( 1 min)?$/);
  await page.getByText("One client was answered.").waitFor();
  assert.equal(await page.locator(".chart__number", { hasText: /^2$/ }).first().isVisible(), true);

  // Sorted by links, narrowed by links, and all again.
  assert.deepEqual((await names(page, "by-organization")).sort(), ["Acme Lending", "Cobalt & Daughters"]);
  await page.locator('[aria-labelledby="by-organization"]').getByRole("link", { name: "Organization", exact: true }).click();
  await page.waitForURL(/sort=name/);
  assert.deepEqual(await names(page, "by-organization"), ["Acme Lending", "Cobalt & Daughters"]);
  await page.locator('[aria-labelledby="by-organization"]').getByRole("link", { name: "Organization", exact: true }).click();
  await page.waitForURL(/sort=-name/);
  await page.locator('[aria-labelledby="by-organization"] th[aria-sort="descending"]').waitFor();
  assert.deepEqual(await names(page, "by-organization"), ["Cobalt & Daughters", "Acme Lending"]);
  await line(page, "by-organization", "Acme Lending").getByRole("link").click();
  await page.locator(".insights__cut", { hasText: "Acme Lending" }).waitFor();
  assert.equal(await figure(page, "Opened").innerText(), "1");
  assert.equal(await figure(page, "First answer, median").innerText(), "–");
  await page.locator(".insights__cut").click();
  await page.waitForFunction(() => !document.querySelector(".insights__cut"));
  assert.equal(await figure(page, "Opened").innerText(), "2");

  const file = await page.request.get(new URL(await page.getByRole("link", { name: "Download as CSV: What came in and went out" }).getAttribute("href"), desk.url).href);
  assert.match(file.headers()["content-disposition"], /insights-volume\.csv/);
  const rows = (await file.text()).trim().split("\r\n");
  assert.equal(rows.length, 29, "a line a day");
  assert.equal(rows.slice(1).reduce((sum, row) => sum + Number(row.split(",")[2]), 0), 2);

  // By the palette, and for days of one's own.
  await page.goto(`${desk.url}/tickets`);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("insig");
  await page.locator('[role="option"][aria-selected="true"]', { hasText: "Insights" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByLabel("From").fill("2020-01-01");
  await page.getByLabel("to", { exact: true }).fill("2020-01-10");
  await page.getByRole("button", { name: "Show" }).click();
  await page.getByText("1 Jan 2020 – 10 Jan 2020").waitFor();
  assert.equal(await figure(page, "Opened").innerText(), "0");
  await picture(page, "long ago");
  await page.getByLabel("to", { exact: true }).fill("2019-01-10");
  await page.getByRole("button", { name: "Show" }).click();
  await page.getByRole("alert").getByText("The last day is before the first one").waitFor();
  assert.equal(await page.getByLabel("to", { exact: true }).inputValue(), "2019-01-10", "what was written is kept");
  await isForEverybody(page);
  await picture(page, "wrong days");
});

once("figures of some weeks, in every width and theme, for everybody, and without scripts", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  await page.goto(desk.url);
  await work(page, desk, 12);
  await actAs(page, "Lea Novak");
  for (const [width, height, colorScheme] of [[1440, 900, "light"], [1440, 900, "dark"], [390, 844, "light"], [360, 780, "dark"]]) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto(`${desk.url}/insights`);
    await page.locator(".insights__figure").first().waitFor();
    await isForEverybody(page);
    await picture(page, `${width} ${colorScheme}`);
    await page.locator("#waiting").scrollIntoViewIfNeeded();
    await picture(page, `${width} ${colorScheme} waiting`);
    await page.locator("#by-organization").scrollIntoViewIfNeeded();
    await picture(page, `${width} ${colorScheme} tables`);
  }
  await page.locator(".insights__rows summary").click();
  await isForEverybody(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const span of ["7d", "90d", "12m"]) {
    await page.goto(`${desk.url}/insights?span=${span}`);
    await isForEverybody(page);
    await picture(page, span);
  }

  const cookies = await page.context().cookies();
  const plain = await visitor({ javaScriptEnabled: false });
  await plain.context().addCookies(cookies);
  await plain.goto(`${desk.url}/insights`);
  await plain.getByRole("link", { name: "7 days" }).click();
  await plain.locator('.tab[aria-current="page"]', { hasText: "7 days" }).waitFor();
  assert.equal(await figure(plain, "Opened").innerText(), await sum(page, desk, "7d"));
  await plain.locator(".insights__rows summary").click();
  assert.equal(await plain.locator(".insights__rows tbody tr").count(), 7);
});

/** How many were opened in a span, as the file adds up. */
async function sum(page, desk, span) {
  const file = await (await page.request.get(`${desk.url}/insights/volume.csv?span=${span}`)).text();
  return String(file.trim().split("\r\n").slice(1).reduce((all, row) => all + Number(row.split(",")[2]), 0));
}

onEachDatabase("a lead sees what really happened in a procedure, over its drawing, and takes its steps along", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  await page.goto(desk.url);
  await work(page, desk, 2);
  await actAs(page, "Lea Novak");
  await page.goto(`${desk.url}/insights?span=7d`);
  await page.getByRole("link", { name: "What happened in General request" }).click();
  await page.getByRole("heading", { name: "General request" }).waitFor();
  const drawing = page.locator("svg.drawing");
  await drawing.getByText(/^\d+ × · /).first().waitFor();
  await picture(page, "procedure");
  await isForEverybody(page);
  const open = page.getByRole("row", { name: /^Open / });
  const entered = Number(await open.getByRole("cell").first().innerText());
  assert.ok(entered > 0);
  assert.ok((await drawing.textContent()).includes(`${entered} × `), "the drawing and the table say the same");

  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Event log (OCEL 2.0)" }).click()]);
  const log = JSON.parse(readFileSync(await download.path(), "utf8"));
  const opened = log.objects.filter((object) => object.type === "ticket").length;
  assert.equal(log.events.filter((event) => event.type === "ticket.opened").length, opened);
  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "States as CSV" }).click()]);
  assert.match(readFileSync(await csv.path(), "utf8"), new RegExp(`^open,${entered},`, "m"));

  await page.setViewportSize({ width: 360, height: 780 });
  await isForEverybody(page);
  await picture(page, "procedure-phone");
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${desk.url}/tickets`);
  await actAs(page, "Bo Lindqvist");
  assert.equal((await page.request.get(`${desk.url}/insights/procedures/general-request`)).status(), 403);
});
