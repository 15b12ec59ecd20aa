// Organizations and contacts: found, changed, brought by a file and taken back, taken along as a file, and erased.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isForEverybody } from "./everybody.mjs";
import { actAs, askForDocuments, openTicket } from "./steps.mjs";
import { once, onEachDatabase } from "./story.mjs";

const file = "Email;Nome;Empresa;Função\r\nmaria@acme.example;;;Diretora\r\nolivia@borealis.example;Olívia Reis;borealis;\r\nnobody;Nobody;;\r\n";
const csv = { name: "pessoas.csv", mimeType: "text/csv", buffer: Buffer.from(file, "latin1") };

const heading = (page, words) => page.locator(".client__title", { hasText: words });
const fact = (page, label) => page.locator(".client__facts dt", { hasText: label }).locator("+ dd");

async function makeDelta(page, desk) {
  await page.goto(`${desk.url}/new/organization`);
  await page.locator("#field-key").fill("delta");
  await page.locator("#field-name").fill("Delta");
  await page.locator("#field-plan").fill("premium");
  await page.getByRole("button", { name: "Keep" }).click();
  await heading(page, "Delta").waitFor();
}

onEachDatabase("people: a lead makes an organization, finds it from everywhere, and changes it", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  await page.goto(desk.url);
  const number = await askForDocuments(page, desk, { name: "Maria Quintela", email: "maria@acme.example" });
  await actAs(page, "Lea Novak");
  await makeDelta(page, desk);

  // What is wrong is said at its field, and what was written stays.
  await page.getByRole("link", { name: "Change", exact: true }).click();
  await page.getByLabel("Upstream organization").fill("nowhere");
  await page.getByLabel("Days off").fill("2026-12-24\nsome day");
  await page.getByRole("button", { name: "Keep" }).click();
  await page.locator(".summary").waitFor();
  assert.equal(await page.getByLabel("Days off").inputValue(), "2026-12-24\nsome day");
  await picture(page, "wrong");
  await page.getByLabel("Upstream organization").fill("acme");
  await page.getByLabel("Days off").fill("2026-12-24");
  await page.getByRole("button", { name: "Keep" }).click();
  await page.getByText("What you changed is kept.").waitFor();
  assert.match(await fact(page, "Days off").innerText(), /2026-12-24/);
  await fact(page, "Upstream organization").getByRole("link").click();
  await heading(page, "Acme").waitFor();
  assert.equal(await fact(page, "Organizations beneath it").innerText().then((text) => text.trim()), "Delta");
  await page.locator(".brief", { hasText: `#${number}` }).first().waitFor();
  await picture(page, "organization");

  // By keyboard to the lists, by the palette and the search to one, and from a ticket.
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await page.locator(".list__title", { hasText: "Contacts" }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await page.locator(".list__title", { hasText: "Organizations" }).waitFor();
  await page.getByPlaceholder("Name or key").fill("del");
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/q=del/);
  await page.locator(".client", { hasText: "Acme" }).waitFor({ state: "detached" });
  assert.equal(await page.locator(".client").count(), 1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.locator("#palette-input").fill("delta");
  await page.locator("#palette-list [role=option]", { hasText: "Delta" }).first().click();
  await heading(page, "Delta").waitFor();
  await page.goto(`${desk.url}/search?q=delta`);
  await page.locator(".found__link", { hasText: "Delta" }).click();
  await heading(page, "Delta").waitFor();
  await openTicket(page, desk, number);
  await page.locator("a.who__name").click();
  await heading(page, "Maria").waitFor();
  await page.locator(".client__verified").waitFor();
  await picture(page, "contact");

  await actAs(page, "Ana Prado");
  assert.equal(await page.getByRole("link", { name: "Change", exact: true }).count(), 0, "an agent reads");
});

onEachDatabase("people: a file is looked at, carried out, and taken back", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  await page.goto(desk.url);
  await askForDocuments(page, desk, { name: "Maria Quintela", email: "maria@acme.example" });
  await actAs(page, "Lea Novak");
  await page.goto(`${desk.url}/contacts`);
  await page.getByRole("link", { name: "Import" }).click();
  await page.getByLabel("File", { exact: true }).setInputFiles(csv);
  await picture(page, "upload");
  await page.getByRole("button", { name: "Look at it" }).click();
  await heading(page, "pessoas.csv").waitFor();
  const row = (key) => page.locator(".import__row", { hasText: key });
  assert.match(await row("maria@acme.example").innerText(), /Changed[^]*Role:\s*Diretora/);
  assert.match(await row("olivia@borealis.example").innerText(), /New[^]*Name:\s*Olívia Reis[^]*Organization:\s*Borealis Homes/);
  assert.match(await row("nobody").innerText(), /Refused/);
  await picture(page, "preview");
  await page.getByRole("button", { name: "Carry out: 2 rows" }).click();
  await page.getByText("Carried out", { exact: true }).waitFor();
  await row("olivia@borealis.example").getByRole("link").click();
  await heading(page, "Olívia Reis").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.goto(`${desk.url}/contacts.csv?q=olivia`).catch(() => {})]);
  assert.equal(readFileSync(await download.path(), "utf8"), "\ufeffemail,name,organization,role,language\r\nolivia@borealis.example,Olívia Reis,borealis,,\r\n");
  await page.goto(`${desk.url}/imports`);
  await page.locator(".client__link", { hasText: "pessoas.csv" }).click();
  await page.getByRole("button", { name: "Undo this import" }).click();
  await page.locator(".import__undone").waitFor();
  assert.match(await page.locator(".import__undone").innerText(), /Put back: 1[^]*Removed again: 1/);
  await picture(page, "undone");
  await page.goto(`${desk.url}/contacts?q=olivia`);
  await page.getByText("Nobody fits this.").waitFor();
});

once("people: what two people change of one at the same time is kept of both, and what clashes is shown", async ({ desk, visitor, picture }) => {
  const [lea, olga] = [await visitor(), await visitor()];
  for (const [page, name] of [[lea, "Lea Novak"], [olga, "Olga Brandt"]]) {
    await page.goto(desk.url);
    await actAs(page, name);
    await page.goto(`${desk.url}/organizations/acme/form`);
  }
  const [plan, name] = ["#field-plan", "#field-name"];
  const were = await lea.locator(plan).inputValue();
  await olga.locator(plan).fill("gold");
  await olga.getByRole("button", { name: "Keep" }).click();
  await olga.getByText("What you changed is kept.").waitFor();
  await lea.locator(name).fill("Acme Lending");
  await lea.getByRole("button", { name: "Keep" }).click();
  await lea.getByText("What you changed is kept.").waitFor();
  await lea.goto(`${desk.url}/organizations/acme/form`);
  assert.deepEqual([await lea.locator(plan).inputValue(), await lea.locator(name).inputValue()], ["gold", "Acme Lending"], were);

  // The addresses of a contact, one in each line; what is wrong with them is said of each.
  await olga.goto(`${desk.url}/contacts`);
  await olga.getByRole("link", { name: /Maria Quintela/ }).first().click();
  await olga.getByRole("link", { name: "Change", exact: true }).click();
  const addresses = olga.getByLabel("Addresses");
  const first = (await addresses.inputValue()).trim();
  await addresses.fill(`maria@home.example\n${first}\nnobody`);
  await olga.getByRole("button", { name: "Keep" }).click();
  await olga.locator(".field__error", { hasText: "nobody is no mail address" }).waitFor();
  await picture(olga, "addresses");
  await isForEverybody(olga);
  await addresses.fill(`maria@home.example\n${first}`);
  await olga.getByRole("button", { name: "Keep" }).click();
  await olga.getByText("What you changed is kept.").waitFor();
  assert.deepEqual(await olga.locator(".client__address bdi").allInnerTexts(), ["maria@home.example", first]);

  await olga.goto(`${desk.url}/organizations/acme/calendar`);
  await lea.goto(`${desk.url}/organizations/acme/calendar`);
  await olga.getByLabel("Days off besides").fill("2026-12-24");
  await olga.getByRole("button", { name: "Keep" }).click();
  await olga.getByText("Kept. Running clocks follow.").waitFor();
  await lea.getByLabel("Days off besides").fill("2026-12-31");
  await lea.getByRole("button", { name: "Keep" }).click();
  await lea.locator(".field__error", { hasText: "Somebody else changed this while you wrote" }).waitFor();
  assert.equal(await lea.getByLabel("Days off besides").inputValue(), "2026-12-31", "what was written stays");
  await picture(lea, "clash");
  await isForEverybody(lea);
  await lea.getByRole("button", { name: "Keep" }).click();
  await lea.locator(".field__error").waitFor({ state: "detached" });
  await lea.goto(`${desk.url}/organizations/acme/calendar`);
  assert.equal(await lea.getByLabel("Days off besides").inputValue(), "2026-12-31", "said twice it is kept");
});

once("people: a file without titles loses nobody, and one that is not wanted is thrown away", async ({ desk, visitor }) => {
  const page = await visitor();
  await page.goto(desk.url);
  await actAs(page, "Lea Novak");
  await page.goto(`${desk.url}/imports?kind=contacts`);
  const buffer = Buffer.from("Ines Prado,ines@acme.example\nBea Reis,bea@acme.example\n");
  await page.locator("#file").setInputFiles({ name: "plain.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Look at it" }).click();
  await page.getByRole("button", { name: /Carry out/ }).waitFor();
  assert.equal(await page.locator(".import__row").count(), 2);
  await page.getByRole("button", { name: "Discard this file" }).click();
  await page.waitForURL(/imports\?kind=contacts/);
  assert.equal(await page.getByText("plain.csv").count(), 0);
});

once("people: columns that nobody knows by their titles are chosen by hand, with scripts and without", async ({ desk, visitor, picture }) => {
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto(desk.url);
  await actAs(page, "Lea Novak");
  await page.goto(`${desk.url}/imports?kind=contacts`);
  const strange = "Correo;Quien;Zapato\nmaria@acme.example;Maria Quintela Silva;38\nolivia@borealis.example;Olívia Reis;40\n";
  await page.getByLabel("File", { exact: true }).setInputFiles({ name: "personas.csv", mimeType: "text/csv", buffer: Buffer.from(strange) });
  await page.getByRole("button", { name: "Look at it" }).click();
  await heading(page, "personas.csv").waitFor();
  await page.getByText("No column says who each row is about.").waitFor();
  assert.equal(await page.getByRole("button", { name: /^Carry out/ }).count(), 0, "nothing to carry out");
  await page.getByLabel("Correo").selectOption("email");
  await page.getByLabel("Quien").selectOption("email");
  await page.getByRole("button", { name: "Look at it again" }).click();
  await page.getByText("Two columns are taken for the same.").waitFor();
  assert.equal(await page.getByLabel("Quien").inputValue(), "email", "what was chosen stays");
  await page.getByLabel("Quien").selectOption("name");
  await page.getByRole("button", { name: "Look at it again" }).click();
  await page.getByRole("button", { name: "Carry out: 2 rows" }).waitFor();
  const address = page.url();
  const lead = await visitor();
  await lead.goto(desk.url);
  await actAs(lead, "Lea Novak");
  await lead.goto(address);
  for (const [what, width, colorScheme] of [["mapped", 1440, "light"], ["mapped narrow", 390, "light"], ["mapped dark", 1440, "dark"], ["mapped narrow dark", 390, "dark"]]) {
    await lead.setViewportSize({ width, height: 900 });
    await lead.emulateMedia({ colorScheme });
    await lead.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
    await isForEverybody(lead);
    await picture(lead, what);
  }
  await lead.setViewportSize({ width: 1440, height: 900 });
  await lead.getByLabel("Zapato").selectOption("role");
  await lead.getByLabel("Correo").selectOption("");
  await lead.getByRole("button", { name: "Look at it again" }).click();
  await lead.locator(".summary", { hasText: "No column says" }).waitFor();
  assert.equal(await lead.getByRole("button", { name: /^Carry out/ }).count(), 0, "what was chosen is not what would be carried out");
  await isForEverybody(lead);
  await picture(lead, "wrong");
  await lead.goto(address);
  await lead.getByRole("button", { name: "Carry out: 2 rows" }).click();
  await lead.getByText("Carried out", { exact: true }).waitFor();
  assert.equal(await lead.getByLabel("Correo").count(), 0, "what was carried out was");
  await lead.goto(`${desk.url}/contacts?q=olivia`);
  await lead.getByText("Olívia Reis").waitFor();
  await lead.goto(`${desk.url}/imports?kind=contacts`);
  await lead.getByLabel("File", { exact: true }).setInputFiles({ name: "gente.csv", mimeType: "text/csv", buffer: Buffer.from(strange) });
  await lead.getByRole("button", { name: "Look at it" }).click();
  await heading(lead, "gente.csv").waitFor();
  await lead.getByRole("button", { name: "Português" }).click();
  await lead.getByText("Nenhuma coluna diz de quem é cada linha.").waitFor();
  await lead.getByLabel("Correo").selectOption("Endereço de correio");
  await isForEverybody(lead);
  await picture(lead, "Portuguese");
});

onEachDatabase("people: somebody is erased once an owner has said so", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  await page.goto(desk.url);
  const number = await askForDocuments(page, desk, { name: "Tom Ashby", email: "tom@cobalt.example", details: "A periwinkle footer" });
  await actAs(page, "Lea Novak");
  await page.goto(`${desk.url}/contacts?q=tom`);
  await page.locator(".client__link").click();
  await heading(page, "Tom Ashby").waitFor();
  assert.equal(await page.getByRole("link", { name: "Erase…" }).count(), 0, "a lead does not");
  const [archive] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "All that is known" }).click()]);
  assert.match(archive.suggestedFilename(), /^contact-\d+\.zip$/);
  await actAs(page, "Olga Brandt");
  await page.getByRole("link", { name: "Erase…" }).click();
  await page.getByText("This goes, for good:").waitFor();
  await page.getByRole("button", { name: "Erase for good" }).click();
  await page.locator(".summary").waitFor();
  await picture(page, "asked");
  await page.getByLabel("I have looked at what goes").check();
  await page.getByRole("button", { name: "Erase for good" }).click();
  await heading(page, "Erased person").waitFor();
  await picture(page, "erased");
  await openTicket(page, desk, number, "?view=all");
  const ticket = await page.locator("main[data-ticket]").innerText();
  assert.doesNotMatch(ticket, /periwinkle|Ashby/);
  await page.goto(`${desk.url}/search?q=ashby`);
  assert.equal(await page.locator(".found__row").count(), 0);
});

once("people: a file is brought and carried out without scripts", async ({ desk, visitor, picture }) => {
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto(desk.url);
  await actAs(page, "Lea Novak");
  await page.goto(`${desk.url}/imports?kind=contacts`);
  await page.getByLabel("File", { exact: true }).setInputFiles(csv);
  await page.getByRole("button", { name: "Look at it" }).click();
  await heading(page, "pessoas.csv").waitFor();
  await page.getByRole("button", { name: "Carry out: 2 rows" }).click();
  await page.getByText("Carried out", { exact: true }).waitFor();
  await page.goto(`${desk.url}/contacts`);
  await page.getByPlaceholder("Name or address").fill("olivia");
  await page.getByRole("button", { name: "Show" }).click();
  await page.locator(".client__link").click();
  await page.getByRole("link", { name: "Change", exact: true }).click();
  await page.locator("#field-role").fill("Chefe");
  await page.getByRole("button", { name: "Keep" }).click();
  await page.getByText("What you changed is kept.").waitFor();
  assert.equal(await fact(page, "Role").innerText(), "Chefe");
  await picture(page, "kept");
});

once("people: their pages are for everybody, light and dark, on a phone", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  await page.goto(desk.url);
  await askForDocuments(page, desk, { name: "Maria Quintela", email: "maria@acme.example", details: "New logo" });
  await actAs(page, "Olga Brandt");
  await page.goto(`${desk.url}/imports?kind=contacts`);
  await page.getByLabel("File", { exact: true }).setInputFiles(csv);
  await page.getByRole("button", { name: "Look at it" }).click();
  await heading(page, "pessoas.csv").waitFor();
  const preview = page.url();
  await page.goto(`${desk.url}/contacts?q=maria`);
  const contact = new URL(await page.locator(".client__link").getAttribute("href"), desk.url).href;
  const places = { organizations: "/organizations", organization: "/organizations/acme", form: "/organizations/acme/form", contacts: "/contacts",
    contact, imports: "/imports?kind=organizations", preview, erasure: `${contact}/erasure` };
  for (const [width, colorScheme] of [[1280, "light"], [1280, "dark"], [360, "light"], [390, "dark"]]) {
    await page.setViewportSize({ width, height: 850 });
    await page.emulateMedia({ colorScheme });
    for (const [name, address] of Object.entries(places)) {
      await page.goto(new URL(address, desk.url).href);
      await isForEverybody(page);
      await picture(page, `${name} ${width} ${colorScheme}`);
    }
  }
});
