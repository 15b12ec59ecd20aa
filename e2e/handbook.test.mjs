// The handbook: it is read and drawn, a lead edits a draft with live findings and publishes it, another one's draft is crossed by that,
// scenarios are played and watched step by step; with and without scripts, in Portuguese, on a phone, in the dark, by keys.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isForEverybody } from "./everybody.mjs";
import { actAs } from "./steps.mjs";
import { once, onEachDatabase } from "./story.mjs";

const reply = "replies/closing-for-now.md";
const playbook = "playbooks/general-request.yaml";
const at = (path, file) => `${path}?file=${encodeURIComponent(file)}`;

/** Writes at the end of the file in the editor, and waits until that is kept. */
async function write(page, text) {
  const field = page.locator(".editor__text");
  await field.focus();
  await page.keyboard.press("Control+End");
  const answered = page.waitForResponse((response) => response.url().endsWith("/handbook/draft/check"));
  await page.keyboard.insertText(text);
  return (await answered).status();
}

/** Somebody with a browser of their own, who is a lead. */
async function lead(visitor, desk, name, settings) {
  const page = await visitor(settings);
  await page.goto(desk.url);
  await actAs(page, name);
  return page;
}

onEachDatabase("two people edit the handbook, and the second's draft is crossed by the first's publishing", async ({ desk, visitor, picture }) => {
  const lea = await lead(visitor, desk, "Lea Novak");
  const other = await visitor();
  await other.goto(desk.url);
  await actAs(other, "Ana Prado");
  await other.goto(`${desk.url}/handbook`);
  await other.getByText("Revision 1, today’s").waitFor();
  assert.equal(await other.getByRole("link", { name: "My draft" }).count(), 0, "agents read");
  assert.equal((await other.request.get(`${desk.url}/handbook/draft`)).status(), 403);
  // The second lead acts by the API, as programs do.
  const token = await desk.token("lead");
  const api = (method, path, data) => other.request.fetch(`${desk.url}/api/v1/handbook${path}`, { method, headers: { Authorization: `Bearer ${token}` }, data });

  await lea.goto(`${desk.url}${at("/handbook/draft", reply)}`);
  assert.equal(await write(lea, "\nSee you soon.\n"), 200);
  await lea.getByText("Kept in your draft.").first().waitFor();
  // What stands around the text says so too, and who writes on is not disturbed.
  await lea.locator(".handbook__of", { hasText: "Your draft, on revision 1" }).waitFor();
  await lea.locator(".handbook__head").getByRole("link", { name: "Differences" }).waitFor();
  await lea.getByText("Throw my draft away").waitFor();
  assert.ok(await lea.locator(".editor__text").evaluate((field) => field === document.activeElement), "she writes on");
  await lea.getByRole("link", { name: "See the differences and publish" }).click();
  await lea.locator(".difference__line--added", { hasText: "See you soon." }).waitFor();

  const today = await (await api("GET", "")).json();
  assert.equal(today.number, 1);
  const files = { ...today.files, [reply]: `${today.files[reply]}\nTheir words.\n`, "NOTES.md": "# Ours\n" };
  const published = await api("POST", "/revisions", { base: 1, note: "They were first", files });
  assert.equal(published.status(), 201, await published.text());
  assert.equal((await api("POST", "/revisions", { base: 1, files: { ...files, "NOTES.md": "# Later\n" } })).status(), 409);

  // What she saw is no longer so: 409, and nothing is lost.
  const answered = lea.waitForResponse((response) => response.request().method() === "POST");
  await lea.getByRole("button", { name: "Publish" }).click();
  assert.equal((await answered).status(), 409);
  await lea.getByRole("heading", { name: "Revision 2 was published since your draft began." }).waitFor();
  await lea.locator(".crossed .difference__line--added", { hasText: "Their words." }).waitFor();
  assert.equal(await lea.getByRole("button", { name: "Publish" }).count(), 0, "not before she has looked");
  await picture(lea, "crossed");
  await isForEverybody(lea);
  await lea.getByRole("button", { name: "Go on from revision 2" }).click();
  await lea.getByText("Your draft, on revision 2").waitFor();
  await lea.locator(".difference__line--removed", { hasText: "Their words." }).waitFor();
  await lea.getByLabel("Why it changes").fill("Ours is <b>kinder</b>.");
  await lea.getByRole("button", { name: "Publish" }).click();
  await lea.locator(".revision", { hasText: "Revision 3" }).getByText("Ours is <b>kinder</b>.").waitFor();
  await isForEverybody(lea);
  await picture(lea, "revisions");
  await lea.locator(".revision", { hasText: "Revision 3" }).getByRole("link", { name: "What it changed" }).click();
  await lea.locator(".difference__line--added", { hasText: "See you soon." }).waitFor();
  const now = await (await api("GET", "")).json();
  assert.equal(now.number, 3);
  assert.match(now.files[reply], /See you soon\.\n$/);
  assert.equal(now.files["NOTES.md"], "# Ours\n", "what only the other changed came along");
  await lea.goto(`${desk.url}/handbook/draft`);
  await lea.getByText("You have no draft").waitFor();
});

onEachDatabase("findings come while somebody writes, lead to their lines, and stand in the way of publishing", async ({ desk, visitor, picture }) => {
  const page = await lead(visitor, desk, "Lea Novak");
  await page.goto(`${desk.url}/tickets`);
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await page.locator(".source__line").first().waitFor();
  await page.locator(".drawing").waitFor();
  await page.locator('.handbook__link[href$="playbooks/general-request.yaml"]').click();
  await page.waitForURL(/general-request/);
  await page.getByText("The same as a list").click();
  await page.locator(".handbook__list").getByText("Solved", { exact: true }).first().waitFor();
  await page.getByRole("link", { name: "Edit" }).click();
  await page.locator(".editor__text").waitFor();
  await page.locator(".verdict .drawing").waitFor();

  assert.equal(await write(page, "nonsense: 1\n"), 200);
  const error = page.locator(".finding--error");
  await error.getByText("a playbook has no key `nonsense`").waitFor();
  const line = Number(/\d+/.exec(await error.getByRole("link").innerText())[0]);
  await error.getByRole("link").click();
  assert.equal(await page.evaluate(() => String(window.getSelection())), "nonsense: 1");
  assert.equal(await page.locator(".editor__lines .has-error").innerText(), String(line));
  await isForEverybody(page);
  await picture(page, "an error");
  // Tab leaves the text, it is no trap.
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.innerText), "Keep in my draft");
  await page.goto(`${desk.url}/handbook/draft/changes`);
  assert.equal(await page.getByRole("button", { name: "Publish" }).isDisabled(), true);
  await page.getByText("One error stands in the way.").waitFor();
  await isForEverybody(page);

  // Another window of the same person.
  await page.goto(`${desk.url}${at("/handbook/draft", playbook)}`);
  const second = await page.context().newPage();
  await second.goto(page.url());
  assert.equal(await write(second, "# second\n"), 200);
  assert.equal(await write(page, "# first\n"), 409);
  await page.getByRole("alert").getByText("This file was changed in another window meanwhile.").waitFor();
  assert.match(await page.locator(".editor__text").inputValue(), /# first\n$/, "what was written stays");
  // By the button it takes the other's place, knowingly.
  await page.getByRole("button", { name: "Keep in my draft" }).click();
  await page.waitForFunction(() => !document.querySelector(".verdict__refused"));
  assert.match(await page.locator(".editor__text").inputValue(), /# first\n$/);
  // Another file has its own text, also when one goes there while something is being written.
  await page.locator(".editor__text").focus();
  await page.keyboard.press("Control+End");
  const kept = page.waitForResponse((response) => response.url().endsWith("/handbook/draft/check"));
  await page.keyboard.insertText("# last\n");
  await page.locator('.handbook__link[href$="replies/closing-for-now.md"]').click();
  await page.locator(".handbook__path", { hasText: reply }).waitFor();
  assert.equal((await kept).status(), 200);
  assert.doesNotMatch(await page.locator(".editor__text").inputValue(), /# (first|last)/);
  await page.locator('.handbook__link[href$="playbooks/general-request.yaml"]').click();
  await page.locator(".handbook__path", { hasText: playbook }).waitFor();
  assert.match(await page.locator(".editor__text").inputValue(), /# first\n# last\n$/);
  await page.getByRole("button", { name: "As it was published" }).click();
  await page.getByText("You have no draft").waitFor();
  await page.locator(".verdict .drawing").waitFor();

  // A file comes and goes.
  await page.getByText("New file").click();
  await page.getByLabel("Folder and name").fill("../secrets");
  await page.getByRole("button", { name: "Make it" }).click();
  await page.getByRole("alert").getByText("is no file of a handbook").waitFor();
  await page.getByLabel("Folder and name").fill("replies/hello.md");
  await page.getByRole("button", { name: "Make it" }).click();
  await page.locator(".handbook__link", { hasText: "hello.md" }).getByText("new").waitFor();
  await page.getByText("Throw my draft away").click();
  await page.getByRole("button", { name: "Throw it away" }).click();
  await page.waitForURL(/\/handbook$/);
  assert.equal(await page.locator(".handbook__link", { hasText: "hello.md" }).count(), 0);
  await second.close();
});

onEachDatabase("scenarios are played by a button, and one is watched step by step with its mails", async ({ desk, visitor, picture }) => {
  const story = readFileSync(new URL("../handbook/scenarios/general-request.yaml", import.meta.url), "utf8").split("\n---\n")[0];
  const page = await lead(visitor, desk, "Lea Novak");
  const before = await page.locator(".demo__clock time").getAttribute("datetime");
  // A draft with few scenarios, one of which does not hold.
  const token = await desk.token("lead");
  const headers = { Authorization: `Bearer ${token}` };
  const { files } = await (await page.request.get(`${desk.url}/api/v1/handbook`, { headers })).json();
  const few = Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith("scenarios/")));
  few["scenarios/ours.yaml"] = `${story.trim()}\n---\n${story.trim().replace("G1: ", "G2: wrong: ").replace("{ tickets: 1 }", "{ tickets: 7 }")}\n`;
  const published = await page.request.post(`${desk.url}/api/v1/handbook/revisions`, { headers, data: { base: 1, files: few } });
  assert.equal(published.status(), 201, await published.text());

  await page.goto(`${desk.url}/handbook/scenarios`);
  await page.getByText("2 scenarios, not played yet").waitFor();
  await page.getByRole("button", { name: "Play all" }).click();
  await page.getByText("One does not").waitFor();
  await page.getByText("One holds").waitFor();
  await page.locator(".trial__why", { hasText: "there are 1 tickets, not 7" }).waitFor();
  await page.getByRole("button", { name: "Play all" }).waitFor();
  await isForEverybody(page);
  await picture(page, "played");

  await page.locator(".trial__row", { hasText: "G1:" }).getByRole("link").click();
  const slider = page.getByRole("slider", { name: "Step of the story" });
  await slider.waitFor();
  const steps = Number(await slider.getAttribute("max"));
  assert.ok(steps > 3, `${steps} steps`);
  assert.equal(await page.locator(".rehearsal__step").count(), steps);
  const here = () => page.locator(".shot .drawing .is-here title").first().textContent();
  const first = await here();
  await slider.focus();
  await page.keyboard.press("End");
  await page.locator(`.rehearsal__step[data-number="${steps}"][aria-current="step"]`).waitFor();
  assert.notEqual(await here(), first, "the state of that moment is lit");
  await page.locator(".shot .drawing .is-taken").first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.type), "range", "the slider keeps the focus");
  await page.locator(".letterbox").first().locator("summary").click();
  await page.locator(".letterbox__text", { hasText: "Behind the third button" }).waitFor();
  await page.locator(".letterbox__to", { hasText: "maria@acme.example" }).waitFor();
  await isForEverybody(page);
  await picture(page, "watched");
  await page.getByRole("link", { name: "The step before" }).click();
  await page.waitForURL(new RegExp(`step=${steps - 1}$`));
  await page.reload();
  assert.equal(await page.getByRole("slider").inputValue(), String(steps - 1), "its address is of the step");

  // Neither the desk's clock nor its tickets heard of it.
  await page.goto(`${desk.url}/tickets?view=all`);
  assert.equal(await page.locator(".demo__clock time").getAttribute("datetime").then((now) => new Date(now) - new Date(before) < 600_000), true);
  assert.equal(await page.locator(".row").count(), 0);
  await page.goto(`${desk.url}/mail`);
  assert.equal(await page.locator(".row").count(), 0);
});

once("everything of the handbook goes without scripts, and in Portuguese", async ({ desk, visitor, picture }) => {
  const page = await lead(visitor, desk, "Lea Novak");
  const cookies = await page.context().cookies();
  const plain = await visitor({ javaScriptEnabled: false });
  await plain.context().addCookies(cookies);
  await plain.goto(`${desk.url}${at("/handbook/draft", playbook)}`);
  const text = await plain.locator(".editor__text").inputValue();
  await plain.locator(".editor__text").fill(`${text}nonsense: 1\n`);
  await plain.getByRole("button", { name: "Keep in my draft" }).click();
  await plain.locator(".finding--error").getByText("a playbook has no key `nonsense`").waitFor();
  await plain.locator(".finding--error").getByRole("link").click();
  await plain.waitForURL(/#L\d+$/);
  await picture(plain, "without scripts");
  await plain.locator(".editor__text").fill(`${text}# The end.\n`);
  await plain.getByRole("button", { name: "Keep in my draft" }).click();
  await plain.getByText("Nothing is wrong with it.").waitFor();
  await plain.getByRole("link", { name: "Differences", exact: true }).click();
  await plain.getByLabel("Why it changes").fill("No scripts");
  await plain.getByRole("button", { name: "Publish" }).click();
  await plain.locator(".revision", { hasText: "No scripts" }).waitFor();
  await plain.getByRole("link", { name: "Scenarios" }).click();
  await plain.getByRole("button", { name: "Play all" }).click();
  await plain.getByRole("link", { name: "Look again" }).click();
  await plain.locator(".trial__row", { hasText: "G1: ordinary mail" }).getByRole("link").click();
  await plain.getByRole("link", { name: "The step after" }).click();
  await plain.waitForURL(/step=2$/);
  await plain.locator('.rehearsal__step[aria-current="step"]', { hasText: "agent.replied" }).waitFor();

  await plain.getByRole("button", { name: "Português" }).click();
  await plain.getByRole("heading", { name: "Mensagens até aí" }).waitFor();
  for (const path of ["/handbook", "/handbook/draft", "/handbook/revisions", "/handbook/scenarios"]) {
    await plain.goto(`${desk.url}${path}`);
    await plain.getByRole("heading", { name: "Manual" }).waitFor();
    await picture(plain, `pt ${path}`);
  }
});

once("the rooms of the handbook are for everybody, in every width and theme", async ({ desk, visitor, picture }) => {
  const page = await lead(visitor, desk, "Lea Novak");
  await page.goto(`${desk.url}${at("/handbook/draft", reply)}`);
  await write(page, "\nSee you soon.\n");
  await page.getByText("Kept in your draft.").first().waitFor();
  const scenario = "/handbook/rehearsal?of=1&scenario=" + encodeURIComponent("G1: ordinary mail is answered, answered back, solved, and closed after five days of silence") + "&step=3";
  const rooms = { read: at("/handbook", "playbooks/document-change.yaml"), edit: at("/handbook/draft", playbook), changes: "/handbook/draft/changes", scenarios: "/handbook/scenarios?of=draft", rehearsal: scenario };
  for (const [width, height, colorScheme] of [[1440, 900, "light"], [1440, 900, "dark"], [1024, 768, "light"], [390, 844, "dark"], [360, 780, "light"]]) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const [room, address] of Object.entries(rooms)) {
      await page.goto(`${desk.url}${address}`);
      await page.locator(".handbook__head").waitFor();
      await isForEverybody(page);
      await picture(page, `${room} ${width} ${colorScheme}`);
    }
  }
});
