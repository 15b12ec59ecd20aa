// Pictures of the pages after some days of work, for people to look at: node look.mjs, then see results/.
import { mkdir } from "node:fs/promises";
import { startBrowser } from "./browser.mjs";
import { startDesk } from "./desk.mjs";
import { actAs, askForDocuments, choose, deliver, header, mailTo, moveClock, openLinked, openTicket, sendReply } from "./steps.mjs";

const results = new URL("results/", import.meta.url).pathname;
const widths = { 1440: 900, 1024: 768, 390: 844 };

/** A week of small things, so that the pages have something to show; answers with the pages to look at. */
async function live(page, desk) {
  const ask = (name, email, details, documents) => askForDocuments(page, desk, { name, email, documents, details });
  const token = await desk.token("agent");
  await ask("Inês Falcão", "ines@borealis.example", "O logótipo novo na primeira página, por favor.");
  const mail = ["From: Tom Ashby <tom@cobalt.example>", "To: help@desk.example", "Subject: Which plan do we need for our own letters?",
    "Message-ID: <plan@cobalt.example>", "Content-Type: text/plain; charset=utf-8", "", "Hello,", "", "we would like to change the wording of two letters. Which plan covers that?", "", "Tom"];
  await deliver(page, desk, token, mail);
  await moveClock(page, "one day forward");
  const done = await ask("Rui Tavares", "rui@borealis.example", "A nova morada da sede no rodapé.");
  await openTicket(page, desk, done);
  await openLinked(page);
  await choose(page, "Configured");
  await choose(page, "Published");
  await moveClock(page, "one hour forward");
  const number = await ask("Maria Quintela", "maria@acme.example", "Please put the new logo on the first page of the loan agreement, and replace the closing paragraph of the welcome letter:\n\n“You can reach us every working day from 9 to 6, by phone or by mail.”", "2");
  await moveClock(page, "one hour forward");
  const first = await mailTo(page, desk, "maria@acme.example");
  await deliver(page, desk, token, ["From: Maria Quintela <maria@acme.example>", `To: ${header(first.raw, "Reply-To")}`, `Subject: Re: ${first.subject}`,
    `In-Reply-To: ${header(first.raw, "Message-ID")}`, "Message-ID: <more@acme.example>", "Content-Type: text/plain; charset=utf-8", "",
    "One thing I forgot: the logo on the second page stays as it is.", "", "Maria"]);
  await openTicket(page, desk, number);
  await page.getByPlaceholder("Write here").fill("Thank you, Maria. The second page stays as it is; my colleague has seen your note.");
  await sendReply(page);
  await page.locator(".message--reply").waitFor();
  const support = page.url();
  await openLinked(page);
  await page.locator("label", { hasText: "Note" }).click();
  await page.getByPlaceholder("Write here").fill("Template 14 has the old letterhead; I take the logo from the press kit.");
  await page.getByRole("button", { name: "Add note" }).click();
  await page.locator(".message--note", { hasText: "letterhead" }).waitFor();
  const solutions = page.url();
  const mailed = await mailTo(page, desk, "maria@acme.example");
  return { home: "/", form: "/forms/document-survey", list: "/tickets", "ticket-support": support, "ticket-solutions": solutions, mail: mailed.href, workload: "/workload?team=customer-solutions" };
}

async function picture(page, desk, name, address, suffix) {
  await page.goto(new URL(address, desk.url).href);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${results}${name}-${suffix}.png` });
}

/** The ticket with the reason of its first mail unfolded. */
async function explained(page, desk, address) {
  await page.goto(new URL(address, desk.url).href);
  const answer = page.locator(".message--automatic");
  await answer.getByText("why?").click();
  await answer.evaluate((message) => message.scrollIntoView({ block: "start" }));
  await page.mouse.move(1, 1);
  await page.evaluate(() => document.activeElement.blur());
  await page.screenshot({ path: `${results}ticket-explained-1440.png` });
}

await mkdir(results, { recursive: true });
const [desk, browser] = await Promise.all([startDesk(), startBrowser()]);
try {
  const { page, leave } = await browser.visitor();
  await page.goto(desk.url);
  const places = await live(page, desk);
  await actAs(page, "Ana Prado");
  for (const [width, height] of Object.entries(widths)) {
    await page.setViewportSize({ width: Number(width), height });
    for (const [name, address] of Object.entries(places)) await picture(page, desk, name, address, width);
  }
  await page.setViewportSize({ width: 1440, height: widths[1440] });
  await explained(page, desk, places["ticket-support"]);
  await page.emulateMedia({ colorScheme: "dark" });
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: widths[width] });
    for (const name of ["list", "ticket-support"]) await picture(page, desk, name, places[name], `${width}-dark`);
  }
  await leave();
} finally {
  await browser.stop();
  await desk.stop();
}
