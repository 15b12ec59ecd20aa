// Writing: drafts that survive, files by drop, paste and button, canned replies, and pictures that wait until somebody wants them.
import assert from "node:assert/strict";
import { isForEverybody } from "./everybody.mjs";
import { actAs, answered, askForDocuments, deliver, holds, mailTo, openTicket, reloadUntil, row, sendReply, sendReplyWithoutScripts, standsAt } from "./steps.mjs";
import { once, onEachDatabase } from "./story.mjs";

const maria = { name: "Maria Quintela", email: "maria@acme.example", details: "New logo on page one, please." };
const composer = (page) => page.getByPlaceholder("Write here");
const files = (page) => page.locator(".drafted:not([hidden]) .attachment[id] .attachment__name");
const kept = (page) => page.locator("[data-status]", { hasText: "Draft kept" });

onEachDatabase("a draft survives a reload, another browser and a desk that cannot take it, and is gone when it is sent", async ({ desk, visitor }) => {
  const page = await visitor();
  const number = await askForDocuments(page, desk, maria);
  await actAs(page, "Ana Prado");
  await openTicket(page, desk, number);
  const address = page.url();
  await composer(page).fill("Half a sentence");
  await kept(page).waitFor();
  await page.getByRole("radio", { name: "Note" }).check({ force: true });
  assert.equal(await composer(page).inputValue(), "", "a note is a draft of its own");
  await composer(page).fill("Ask Bo first");
  await kept(page).waitFor();
  await page.reload();
  assert.equal(await composer(page).inputValue(), "Half a sentence");

  const elsewhere = await visitor();
  await elsewhere.goto(desk.url);
  await actAs(elsewhere, "Ana Prado");
  await elsewhere.goto(address);
  assert.equal(await composer(elsewhere).inputValue(), "Half a sentence", "in another browser too");
  await actAs(elsewhere, "Bo Lindqvist");
  await elsewhere.goto(address);
  assert.equal(await composer(elsewhere).inputValue(), "", "and only for who wrote it");

  await page.route("**/draft", (route) => route.fulfill({ status: 409 }));
  await composer(page).fill("Half a sentence, and the rest");
  await page.locator("[data-status]", { hasText: "Not kept" }).waitFor();
  await page.unroute("**/draft");
  await page.reload();
  assert.equal(await composer(page).inputValue(), "Half a sentence, and the rest", "this browser had it");
  await kept(page).waitFor();
  await page.keyboard.press("Escape");
  await composer(page).press("Control+Enter");
  await page.locator(".message--reply", { hasText: "and the rest" }).waitFor();
  await holds(page, "");
  await page.reload();
  assert.equal(await composer(page).inputValue(), "Ask Bo first", "the note is still begun");
  assert.ok(await page.getByRole("radio", { name: "Note" }).isChecked());
});

onEachDatabase("what is sent as soon as it is typed is no draft afterwards", async ({ desk, visitor }) => {
  const page = await visitor();
  const number = await askForDocuments(page, desk, maria);
  await openTicket(page, desk, number);
  for (const words of ["At once.", "And again."]) {
    await composer(page).fill(words);
    await composer(page).press("Control+Enter");
    await page.locator(".message--reply", { hasText: words }).waitFor();
    await answered(page);
  }
  // Longer than a draft waits to be kept.
  await page.waitForTimeout(700);
  assert.equal(await composer(page).inputValue(), "");
  await page.reload();
  assert.equal(await composer(page).inputValue(), "");
  await page.locator(".message--reply").nth(1).waitFor();
  assert.equal(await page.locator(".message--reply").count(), 2);
});

/** Drops or pastes a file where the words are written. */
const hand = (page, kind, name, text) => page.locator("form.composer textarea").evaluate((field, [type, called, words]) => {
  const data = new DataTransfer();
  data.items.add(new File([words], called, { type: "text/plain" }));
  const event = type === "drop" ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
    : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  field.dispatchEvent(event);
}, [kind, name, text]);

onEachDatabase("files are chosen, dropped and pasted, taken away again, sent, and read by the client", async ({ desk, visitor }) => {
  const page = await visitor();
  const number = await askForDocuments(page, desk, maria);
  await openTicket(page, desk, number);
  // What is told by itself is told before.
  await standsAt(page, "Needs configuration");
  await page.locator('input[name="files"]').setInputFiles({ name: "chosen.txt", mimeType: "text/plain", buffer: Buffer.from("chosen") });
  await files(page).filter({ hasText: "chosen.txt" }).waitFor();
  await hand(page, "drop", "dropped.txt", "dropped");
  await files(page).filter({ hasText: "dropped.txt" }).waitFor();
  await hand(page, "paste", "pasted.txt", "pasted");
  await files(page).filter({ hasText: "pasted.txt" }).waitFor();
  await page.reload();
  assert.deepEqual(await files(page).allInnerTexts(), ["chosen.txt", "dropped.txt", "pasted.txt"], "they wait with the draft");
  await page.getByRole("button", { name: "Take away dropped.txt" }).click();
  await files(page).filter({ hasText: "dropped.txt" }).waitFor({ state: "detached" });

  await composer(page).fill("Here they are.");
  await sendReply(page);
  const sent = page.locator(".message--reply", { hasText: "Here they are." });
  await sent.waitFor();
  assert.deepEqual(await sent.locator(".attachment bdi").allInnerTexts(), ["chosen.txt", "pasted.txt"]);
  assert.equal(await files(page).count(), 0);
  const file = await page.request.get(new URL(await sent.locator("a.attachment").first().getAttribute("href"), desk.url).href);
  assert.equal(await file.text(), "chosen");
  assert.match(file.headers()["content-disposition"], /^attachment/);

  const mail = await mailTo(page, desk, maria.email, 2);
  await page.goto(desk.url + mail.href);
  assert.deepEqual(await page.locator(".letter__files bdi").allInnerTexts(), ["chosen.txt", "pasted.txt"]);
  const caught = await page.request.get(new URL(await page.locator(".letter__files a").last().getAttribute("href"), desk.url).href);
  assert.equal(await caught.text(), "pasted");
});

once("without scripts files go with the form, and a canned reply is put in by its button", async ({ desk, visitor }) => {
  const page = await visitor({ javaScriptEnabled: false });
  const number = await askForDocuments(page, desk, maria);
  await openTicket(page, desk, number);
  await reloadUntil(page, page.locator(".message--automatic"));
  await composer(page).fill("Begun.");
  await page.locator(".composer__canned summary").click();
  await page.getByRole("button", { name: "Choose one" }).click();
  await page.getByRole("heading", { name: "Canned replies" }).waitFor();
  await page.getByRole("button", { name: "Ready to test first" }).click();
  assert.match(await composer(page).inputValue(), /^\s*Begun\.\n\nDear Maria/);
  await page.locator('input[name="files"]').setInputFiles({ name: "plain.txt", mimeType: "text/plain", buffer: Buffer.from("plain") });
  await page.getByRole("button", { name: "Keep the draft" }).click();
  await files(page).filter({ hasText: "plain.txt" }).waitFor();
  assert.deepEqual(await files(page).allInnerTexts(), ["plain.txt"]);
  await page.locator('input[name="files"]').setInputFiles({ name: "more.txt", mimeType: "text/plain", buffer: Buffer.from("more") });
  await sendReplyWithoutScripts(page);
  const sent = page.locator(".message--reply", { hasText: "Begun." });
  assert.deepEqual(await sent.locator(".attachment bdi").allInnerTexts(), ["plain.txt", "more.txt"]);
  assert.equal((await composer(page).inputValue()).trim(), "");
});

once("a stroke opens the canned replies, which are found by a part of their name and edited before they are sent", async ({ desk, visitor }) => {
  const page = await visitor();
  const number = await askForDocuments(page, desk, { ...maria, name: "Rui Tavares", email: "rui@borealis.example" });
  await openTicket(page, desk, number);
  await composer(page).click();
  await page.keyboard.type("/closing");
  const menu = page.locator(".composer__canned");
  await menu.getByRole("button", { name: "Closing for now" }).waitFor();
  assert.deepEqual(await menu.locator("button:visible").allInnerTexts(), ["Closing for now"]);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("form.composer textarea").value.includes("Rui"));
  assert.match(await composer(page).inputValue(), /^Caro\(a\) Rui Tavares,/, "in the language of who asked");
  assert.equal(await menu.evaluate((details) => details.open), false);
  await page.keyboard.type("\nAna");
  await page.keyboard.press("Control+Enter");
  await page.locator(".message--reply", { hasText: "Ana" }).waitFor();
  await answered(page);

  await composer(page).click();
  await page.keyboard.type("/");
  await page.keyboard.press("Escape");
  await page.keyboard.type("etc");
  assert.equal(await composer(page).inputValue(), "/etc", "whoever wants a stroke gets it");
  await page.keyboard.type(" a/b");
  assert.equal(await composer(page).inputValue(), "/etc a/b");
});

once("whoever types faster than the canned replies come gets the one they meant all the same", async ({ desk, visitor }) => {
  const page = await visitor();
  const number = await askForDocuments(page, desk, { ...maria, name: "Rui Tavares", email: "rui@borealis.example" });
  await openTicket(page, desk, number);
  let letThem;
  const come = new Promise((resolve) => (letThem = resolve));
  await page.route("**/canned-list", async (route) => {
    await come;
    await route.continue();
  });
  await composer(page).click();
  await page.keyboard.type("/closing");
  await page.keyboard.press("Enter");
  assert.equal((await composer(page).inputValue()).trim(), "", "they are not there yet");
  letThem();
  await page.waitForFunction(() => document.querySelector("form.composer textarea").value.includes("Rui"));
  assert.match(await composer(page).inputValue(), /^Caro\(a\) Rui Tavares,/);
});

once("an @ in a note offers colleagues, whoever types on is not held up, and who was told is marked", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  const number = await askForDocuments(page, desk, maria);
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  await openTicket(page, desk, number);
  const menu = page.locator(".composer__mention");
  await composer(page).click();
  await page.keyboard.type("@bo");
  assert.equal(await composer(page).inputValue(), "@bo", "a client is told nothing by an @");
  await composer(page).fill("");
  await page.locator("label", { hasText: "Note" }).click();
  await composer(page).click();
  await page.keyboard.type("write to help@acme.example, @b");
  await menu.getByRole("button", { name: "Bo Lindqvist" }).waitFor();
  assert.equal(await menu.getByRole("button", { name: "Ana Prado" }).count(), 0, "nobody tells themselves");
  await isForEverybody(page);
  await picture(page, "offered");
  await page.keyboard.press("Enter");
  assert.equal(await composer(page).inputValue(), "write to help@acme.example, @Bo Lindqvist ");
  assert.equal(await menu.evaluate((details) => details.open), false);
  await page.keyboard.type("or @nobody knows, or @Dora Meireles, or @");
  await page.keyboard.press("Escape");
  assert.equal(await composer(page).inputValue(), "write to help@acme.example, @Bo Lindqvist or @nobody knows, or @Dora Meireles, or @");
  await page.keyboard.press("Control+Enter");
  const note = page.locator(".message--note", { hasText: "nobody knows" });
  await note.waitFor();
  assert.deepEqual(await note.locator("mark").allInnerTexts(), ["@Bo Lindqvist", "@Dora Meireles"]);
  await isForEverybody(page);
  await picture(page, "marked");
});

once("whoever sends a note before the colleagues are there sends all of its words", async ({ desk, visitor }) => {
  const page = await visitor();
  const number = await askForDocuments(page, desk, maria);
  await page.goto(desk.url);
  await actAs(page, "Ana Prado");
  await openTicket(page, desk, number);
  let letThem;
  const may = new Promise((resolve) => (letThem = resolve));
  await page.route("**/mentions", async (route) => {
    await may;
    await route.continue();
  });
  await page.locator("label", { hasText: "Note" }).click();
  await composer(page).click();
  await page.keyboard.type("@Bo have you seen this before?");
  assert.equal(await composer(page).inputValue(), "", "they are looked for still");
  await page.keyboard.press("Control+Enter");
  const note = page.locator(".message--note", { hasText: "@Bo have you seen this before?" });
  await note.waitFor();
  letThem();
  await holds(page, "");
});

once("pictures of a mail stand in it; those from elsewhere are fetched when somebody wants them, for that mail alone", async ({ desk, visitor }) => {
  const page = await visitor();
  const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const html = '<p>Look <img src="cid:logo@acme" alt="logo"> and <img src="https://pictures.example/p.gif" alt="far"></p>';
  const asked = [];
  let tell;
  const told = new Promise((resolve) => (tell = resolve));
  await page.route("https://pictures.example/**", (route) => {
    asked.push(route.request().headers().referer ?? null);
    tell();
    return route.fulfill({ contentType: "image/png", body: Buffer.from(pixel, "base64") });
  });
  const { ticket } = await deliver(page, desk, await desk.token("agent"), ["From: Tom Ashby <tom@cobalt.example>", "To: help@desk.example",
    "Subject: Pictures", "Message-ID: <pictures@cobalt.example>", "MIME-Version: 1.0", 'Content-Type: multipart/related; boundary="b"', "",
    "--b", "Content-Type: text/html; charset=utf-8", "", html, "--b", "Content-Type: image/png; name=logo.png", "Content-ID: <logo@acme>",
    "Content-Disposition: inline; filename=logo.png", "Content-Transfer-Encoding: base64", "", pixel, "--b--", ""]);
  await page.goto(`${desk.url}/tickets`);
  await row(page, ticket.number).getByRole("link").click();
  const message = page.locator(".message--incoming");
  await message.waitFor();
  assert.equal(await message.locator("a.attachment").count(), 0, "what stands in the mail is no file beside it");
  await message.getByText("Original mail").click();
  const frame = message.frameLocator("iframe");
  const logo = frame.locator('img[alt="logo"]');
  while (!(await logo.evaluate((image) => image.complete)));
  assert.equal(await logo.evaluate((image) => image.naturalWidth), 1);
  assert.deepEqual(asked, [], "nobody was told that the mail was opened");
  await message.getByText("One picture is not shown").waitFor();
  await message.getByRole("link", { name: "Show pictures" }).click();
  await frame.locator('img[alt="far"][src]').waitFor();
  await told;
  assert.deepEqual(asked, [null], "and it is fetched without saying from where");
});
