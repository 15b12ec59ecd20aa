// A mailbox that takes no password: the owner enters a grant, the desk has a token for it and signs in with that (XOAUTH2) to a real mail
// server. What the place that gives tokens refuses, or leaves unanswered, is said where it is mended.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once as event } from "node:events";
import { createServer } from "node:http";
import { fillInServers, send, servers, withMailServers } from "./mail-servers.mjs";
import { actAs } from "./steps.mjs";
import { once } from "./story.mjs";

/** A place that gives tokens (RFC 6749), as `manner` says: grant, refuse, drop, or hang. */
async function tokenPlace() {
  const place = { manner: "drop", asked: [] };
  const server = createServer(async (request, answer) => {
    let body = "";
    for await (const some of request) body += some;
    place.asked.push(Object.fromEntries(new URLSearchParams(body)));
    if (place.manner === "drop") return request.socket.destroy();
    if (place.manner === "hang") return;
    const [status, said] =
      place.manner === "refuse"
        ? [400, { error: "invalid_grant", error_description: "Token has been expired or revoked." }]
        : [200, { access_token: servers.MAIL_TOKEN, token_type: "Bearer", expires_in: 3600 }];
    answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(said));
  });
  server.listen(0, "127.0.0.1");
  await event(server, "listening");
  place.address = `http://127.0.0.1:${server.address().port}/token`;
  place.close = () => {
    server.close();
    server.closeAllConnections();
  };
  return place;
}

withMailServers(once)("an owner enters a grant instead of a password, and mail comes in by it", async ({ desk, visitor }) => {
  const place = await tokenPlace();
  try {
    const page = await visitor();
    await page.goto(desk.url);
    await actAs(page, "Olga Brandt");
    await page.goto(`${desk.url}/mailboxes/new?address=token@desk.example`);
    await fillInServers(page, null);
    const grant = page.getByRole("region", { name: "Signing in" });
    const enter = async (button) => {
      await grant.getByRole("group", { name: "Sign in by" }).getByLabel("OAuth 2.0").check();
      await grant.getByLabel("Token address").fill(place.address);
      await grant.getByLabel("Application id").fill("deskhand");
      await grant.getByLabel("Application secret").fill("of the application");
      await grant.getByLabel("Refresh token").fill("what was granted");
      await page.getByRole("button", { name: button }).click();
    };
    await enter("Test and save");
    await page.locator(".tried__way--wrong", { hasText: "closed the connection" }).first().waitFor();

    place.manner = "hang";
    await enter("Test and save");
    await page.locator(".tried__way--wrong", { hasText: "did not answer in time" }).first().waitFor({ timeout: 45_000 });

    place.manner = "refuse";
    await enter("Test and save");
    await page.locator(".tried__way--wrong", { hasText: "permission to use the mailbox has ended" }).first().waitFor();
    const wrong = page.locator(".field--wrong", { hasText: "permission to use the mailbox has ended" });
    assert.ok(await wrong.getByLabel("Refresh token").isVisible(), "it is said where it is mended");

    place.manner = "grant";
    await enter("Test and save");
    const shown = page.locator(".mailbox", { hasText: "token@desk.example" });
    await shown.getByText("Read until").waitFor();
    const asked = place.asked.at(-1);
    assert.deepEqual([asked.grant_type, asked.refresh_token], ["refresh_token", "what was granted"]);
    const html = await page.content();
    assert.ok(!html.includes("what was granted") && !html.includes(servers.MAIL_TOKEN), "no secret comes back");

    const subject = `Signed in ${randomUUID()}`;
    const words = "No password was needed.";
    await send("maria@acme.example", "token@desk.example", [`Subject: ${subject}`, `Message-ID: <${randomUUID()}@acme.example>`, "", words]);
    await page.goto(`${desk.url}/tickets`);
    await page.locator(".row", { hasText: subject }).waitFor();
  } finally {
    place.close();
  }
});
