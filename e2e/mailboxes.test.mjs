// A mailbox set up in the browser, with real mail servers (scripts/with-mail-servers): a wrong password is said where it is mended, then
// mail comes in by itself, the answer leaves through the mailbox, and what the client answers finds its ticket.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { isForEverybody } from "./everybody.mjs";
import { arrived, fillInServers, send, servers, withMailServers } from "./mail-servers.mjs";
import { actAs, header, sendReply } from "./steps.mjs";
import { once } from "./story.mjs";

withMailServers(once)("an owner connects a mailbox, and mail comes and goes through it", async ({ desk, visitor }) => {
  const page = await visitor();
  await page.goto(desk.url);
  await actAs(page, "Olga Brandt");
  await page.goto(`${desk.url}/tickets`);
  await page.locator(".rail").getByRole("link", { name: "Mailboxes" }).click();
  await page.getByRole("link", { name: "Connect a mailbox" }).waitFor();
  await isForEverybody(page);
  await page.getByRole("link", { name: "Connect a mailbox" }).click();
  await page.getByLabel("Mail address").fill("help@desk.example");
  await isForEverybody(page);
  await page.getByRole("button", { name: "Go on" }).click();
  await fillInServers(page, "wrong");
  await page.getByRole("region", { name: "Sending mail" }).getByRole("group", { name: /name\+anything/ }).getByLabel("Yes").check();
  await page.getByRole("button", { name: "Test and save" }).click();
  await page.locator(".tried__way--wrong", { hasText: "does not take this user name and password" }).first().waitFor();
  await page.locator(".field--wrong", { hasText: "does not take this user name and password" }).first().waitFor();
  assert.equal(await page.getByRole("region", { name: "Fetching mail" }).getByLabel("Server").inputValue(), "localhost", "what was entered is kept");
  const form = page.getByRole("region", { name: "Fetching mail" });
  assert.equal(await form.getByLabel("Password").getAttribute("value"), null, "but for the password, which the desk never sends back");
  await isForEverybody(page);

  await form.getByLabel("Password").fill(servers.MAIL_PASSWORD);
  await page.getByRole("button", { name: "Only test" }).click();
  await page.locator(".tried", { hasText: "All is well" }).waitFor();
  await form.getByLabel("Password").fill(servers.MAIL_PASSWORD);
  await page.getByRole("button", { name: "Test and save" }).click();
  const shown = page.locator(".mailbox", { hasText: "help@desk.example" });
  await shown.getByText("Read until").waitFor();
  assert.ok(!(await page.content()).includes(servers.MAIL_PASSWORD));

  const promise = `It is on its way, ${randomUUID()}.`;
  await send("maria@acme.example", "help@desk.example", ["Subject: Our new logo", "Message-ID: <logo@acme.example>", "", "Can you put it on every page?"]);
  await page.goto(`${desk.url}/tickets`);
  await page.locator(".row", { hasText: "Our new logo" }).getByRole("link").click();
  await page.getByPlaceholder("Write here").fill(`Of course. ${promise}`);
  await sendReply(page);
  const answer = await arrived("maria@acme.example", promise);
  assert.match(header(answer, "From"), /help@desk\.example/);
  await send("maria@acme.example", header(answer, "Reply-To").replace(/^.*<|>.*$/g, ""), ["Subject: Re: Our new logo", "Message-ID: <thanks@acme.example>", "", "Thank you, that was quick."]);
  await page.locator(".message", { hasText: "Thank you, that was quick." }).waitFor();

  await page.goto(`${desk.url}/mailboxes`);
  await page.getByRole("link", { name: "help", exact: true }).click();
  await page.getByRole("button", { name: "Pause fetching" }).click();
  await shown.getByText("Paused").waitFor();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole("link", { name: "help", exact: true }).click();
  await page.getByText("Remove this mailbox").waitFor();
  await isForEverybody(page);
  await page.getByText("Remove this mailbox").click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByText("No mailbox is connected").waitFor();
});
