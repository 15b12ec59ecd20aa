// A browser is turned on, is pushed to, shows what came and leads to the ticket. No push service can be reached from here, so the browser is
// told that it has one: what the desk puts there is read as a browser reads it (RFC 8291), and given to the real worker.
import assert from "node:assert/strict";
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { createServer } from "node:http";
import { isForEverybody } from "./everybody.mjs";
import { actAs, deliver, openTicket } from "./steps.mjs";
import { once } from "./story.mjs";

const flags = ["--private-webhooks"];

/** A push service with one browser: it keeps what is put there, and answers as it is told. */
async function pushService() {
  const keys = createECDH("prime256v1");
  keys.generateKeys();
  const secret = randomBytes(16);
  const [taken, answers, waiting] = [[], [], []];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    taken.push({ url: request.url, headers: request.headers, body: Buffer.concat(parts) });
    response.writeHead(answers.shift() ?? 201).end();
    waiting.splice(0).forEach((tell) => tell());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    keys: { endpoint: `${url}/push/secret`, p256dh: keys.getPublicKey("base64url"), auth: secret.toString("base64url") },
    answers,
    /** The next message, and what the service was told with it. */
    async next() {
      while (taken.length === 0) await new Promise((resolve) => waiting.push(resolve));
      const { url: path, headers, body } = taken.shift();
      assert.equal(path, "/push/secret");
      return { headers, message: JSON.parse(read(body, keys, secret)) };
    },
    close: () => server.close(),
  };
}

/** What only the browser with these keys reads (RFC 8291, in one record of RFC 8188). */
function read(body, keys, secret) {
  const [salt, sender, record] = [body.subarray(0, 16), body.subarray(21, 86), body.subarray(86)];
  assert.deepEqual([body[20], body.length <= 4096], [65, true]);
  const about = Buffer.concat([Buffer.from("WebPush: info\0"), keys.getPublicKey(), sender]);
  const material = Buffer.from(hkdfSync("sha256", keys.computeSecret(sender), secret, about, 32));
  const derived = (name, length) => Buffer.from(hkdfSync("sha256", material, salt, `Content-Encoding: ${name}\0`, length));
  const opening = createDecipheriv("aes-128-gcm", derived("aes128gcm", 16), derived("nonce", 12));
  opening.setAuthTag(record.subarray(-16));
  const opened = Buffer.concat([opening.update(record.subarray(0, -16)), opening.final()]);
  return opened.subarray(0, opened.lastIndexOf(2)).toString();
}

/** What the desk says of itself, once its signature holds (RFC 8292). */
function vouched({ authorization }) {
  const [, token, key] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization);
  const point = Buffer.from(key, "base64url");
  const coordinate = (from) => point.subarray(from, from + 32).toString("base64url");
  const jwk = createPublicKey({ key: { kty: "EC", crv: "P-256", x: coordinate(1), y: coordinate(33) }, format: "jwk" });
  const [head, claims, signed] = token.split(".");
  assert.ok(verify("sha256", Buffer.from(`${head}.${claims}`), { key: jwk, dsaEncoding: "ieee-p1363" }, Buffer.from(signed, "base64url")));
  return JSON.parse(Buffer.from(claims, "base64url"));
}

/** Has the browser believe that it has a push service; everything else of it is real. */
function pretend({ endpoint, p256dh, auth }) {
  let current = null;
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0)).buffer;
  PushManager.prototype.getSubscription = async () => current ?? (sessionStorage.pretended ? given(sessionStorage.pretended) : null);
  const given = (key) => ({
    endpoint,
    options: { applicationServerKey: bytes(key), userVisibleOnly: true },
    toJSON: () => ({ endpoint, expirationTime: null, keys: { p256dh, auth } }),
    unsubscribe: async () => {
      current = null;
      delete sessionStorage.pretended;
      return true;
    },
  });
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    const key = btoa(String.fromCharCode(...new Uint8Array(applicationServerKey))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    sessionStorage.pretended = key;
    current = given(key);
    return current;
  };
}

const section = (page) => page.locator("section[data-push]");

once("a browser is turned on, pushed to, shows what came, leads to the ticket and is turned off", async ({ desk, visitor, picture }) => {
  const service = await pushService();
  const [ana, bo] = [await visitor(), await visitor({ permissions: ["notifications"] })];
  try {
    await bo.context().addInitScript(pretend, service.keys);
    for (const [page, name] of [[ana, "Ana Prado"], [bo, "Bo Lindqvist"]]) {
      await page.goto(desk.url);
      await actAs(page, name);
    }
    const token = await desk.token("owner");
    const lines = ["From: Tom Ashby <tom@cobalt.example>", "To: help@desk.example", "Subject: The export is empty", "Message-ID: <one@cobalt.example>", "", "Why?"];
    const { ticket } = await deliver(ana, desk, token, lines);

    await bo.goto(`${desk.url}/notifications/choices`);
    await section(bo).scrollIntoViewIfNeeded();
    await section(bo).getByText("This browser cannot do it").waitFor({ state: "hidden" });
    await isForEverybody(bo);
    await picture(bo, "off");
    await section(bo).getByRole("button", { name: "Turn on in this browser" }).click();
    await section(bo).getByText("This one").waitFor();
    await bo.getByRole("checkbox", { name: "Given to you: Screen" }).waitFor();
    await section(bo).getByRole("button", { name: "Turn on in this browser" }).waitFor({ state: "hidden" });
    assert.ok(!(await bo.content()).includes("/push/"), "its address is shown to nobody");
    for (const [kind, address] of [["Slack", "https://hooks.slack.example/x"], ["Discord", "https://discord.example/x"]]) {
      await bo.getByLabel("Where").selectOption(kind);
      await bo.getByLabel("Address", { exact: true }).fill(address);
      await bo.getByRole("button", { name: "Add", exact: true }).click();
      await bo.getByText(new URL(address).host).waitFor();
    }
    await section(bo).getByText("This one").waitFor();
    await bo.setViewportSize({ width: 390, height: 900 });
    await bo.locator(".wanted").scrollIntoViewIfNeeded();
    await picture(bo, "all ways");
    for (const [what, width, colorScheme] of [["on", 1440, "light"], ["on narrow", 390, "light"], ["on dark", 1440, "dark"], ["on narrow dark", 390, "dark"]]) {
      await bo.setViewportSize({ width, height: 900 });
      await bo.emulateMedia({ colorScheme });
      await section(bo).scrollIntoViewIfNeeded();
      await isForEverybody(bo);
      await picture(bo, what);
    }
    await bo.setViewportSize({ width: 1440, height: 900 });

    await section(bo).getByRole("button", { name: /^Try/ }).click();
    await section(bo).getByText("It is on its way.").waitFor();
    assert.match((await service.next()).message.body, /^This is a try/);

    // What happens at the desk comes to the service, and from there to the worker.
    await openTicket(ana, desk, ticket.number, "?view=all");
    await ana.keyboard.press("n");
    await ana.locator(".composer textarea").fill("@Bo Lindqvist, do you know?");
    await ana.locator(".composer textarea").press("Control+Enter");
    const pushed = await service.next();
    assert.deepEqual(pushed.message, {
      title: `#${ticket.number} The export is empty`,
      body: `Ana Prado named you in a note on ticket ${ticket.number}.`,
      link: `/tickets/${ticket.id}`,
      tag: `ticket-${ticket.id}`,
    });
    const { headers } = pushed;
    assert.deepEqual([headers["content-encoding"], headers.ttl, headers.urgency, headers.topic.length], ["aes128gcm", "86400", "normal", 32]);
    assert.equal(vouched(headers).aud, service.url);
    await isShown(bo, desk, pushed.message, ticket);

    // A browser that its service knows no longer goes by itself.
    service.answers.push(410);
    await bo.goto(`${desk.url}/notifications/choices`);
    await section(bo).getByRole("button", { name: /^Try/ }).click();
    await section(bo).getByText("That browser takes nothing any more").waitFor();
    await isForEverybody(bo);
    await picture(bo, "gone");

    // Turned on once, it is renewed by itself in the next window, as after signing in anew.
    const next = await bo.context().newPage();
    const renewed = next.waitForResponse((answer) => answer.request().method() === "POST" && answer.url() === `${desk.url}/notifications/browsers`);
    await next.goto(`${desk.url}/tickets`);
    await renewed;
    await next.close();
    await bo.goto(`${desk.url}/notifications/choices`);
    await section(bo).getByText("This one").waitFor();
    await section(bo).getByRole("button", { name: /^Turn off/ }).click();
    await section(bo).getByRole("button", { name: "Turn on in this browser" }).waitFor();
    await bo.getByRole("checkbox", { name: "Given to you: Screen" }).waitFor({ state: "detached" });
    assert.equal(await bo.evaluate(() => localStorage.getItem("push")), null, "and it does not come back by itself");
    await bo.getByRole("button", { name: "Português" }).click();
    await section(bo).getByRole("button", { name: "Ligar neste navegador" }).waitFor();
    await section(bo).scrollIntoViewIfNeeded();
    await isForEverybody(bo);
    await picture(bo, "Portuguese");
  } finally {
    service.close();
  }
}, { flags });

/** The real worker is given a message, shows it, and a click leads to the ticket; a link to elsewhere leads to the list. */
async function isShown(page, desk, message, ticket) {
  const context = page.context();
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  const cdp = await context.newCDPSession(page);
  const registered = new Promise((resolve) => cdp.once("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => resolve(registrations[0].registrationId)));
  await cdp.send("ServiceWorker.enable");
  const registrationId = await registered;
  const push = async (data) => {
    await cdp.send("ServiceWorker.deliverPushMessage", { origin: desk.url, registrationId, data: JSON.stringify(data) });
    for (;;) {
      const shown = await worker.evaluate(async () => (await self.registration.getNotifications()).map(({ title, body, tag, data }) => ({ title, body, tag, data })));
      if (shown.some(({ title }) => title === data.title)) return shown;
    }
  };
  const { title, body, tag, link } = message;
  assert.deepEqual(await push(message), [{ title, body, tag, data: { link } }]);
  const newer = { ...message, title: `${title} again` };
  assert.deepEqual(await push(newer), [{ title: newer.title, body, tag, data: { link } }], "the newer one of a ticket replaces the older");

  // Who opens windows is the browser, and only for a click of a hand: what the worker asks it for is what matters.
  const asked = (link) => worker.evaluate(async (link) => {
    const opened = [];
    const { openWindow } = Clients.prototype;
    Clients.prototype.openWindow = async (url) => { opened.push(url); };
    const click = new ExtendableEvent("notificationclick");
    let done;
    Object.defineProperty(click, "waitUntil", { value: (work) => { done = work; } });
    Object.defineProperty(click, "notification", { value: { close: () => {}, data: { link } } });
    self.dispatchEvent(click);
    await done;
    Clients.prototype.openWindow = openWindow;
    return opened;
  }, link);
  assert.deepEqual(await asked(link), [`${desk.url}/tickets/${ticket.id}`]);
  for (const elsewhere of ["https://elsewhere.example/", "//elsewhere.example/x", "javascript:alert(1)", "http://[", undefined]) {
    assert.deepEqual(await asked(elsewhere), [`${desk.url}/notifications`], elsewhere);
  }
  await cdp.detach();
}

once("where the browser was told not to, or cannot, the page says so and what to do", async ({ desk, visitor, picture }) => {
  const page = await visitor();
  await page.addInitScript(() => Object.defineProperty(Notification, "permission", { get: () => "denied" }));
  await page.goto(desk.url);
  await actAs(page, "Bo Lindqvist");
  await page.goto(`${desk.url}/notifications/choices`);
  await section(page).getByText("This browser was told not to show notices").waitFor();
  await section(page).scrollIntoViewIfNeeded();
  await isForEverybody(page);
  await picture(page, "blocked");
  const bare = await visitor({ javaScriptEnabled: false });
  await bare.goto(desk.url);
  await actAs(bare, "Bo Lindqvist");
  await bare.goto(`${desk.url}/notifications/choices`);
  await section(bare).getByText("This browser cannot do it").waitFor();
  assert.equal(await section(bare).getByRole("button").count(), 0);
});

once("a browser goes with its session, and comes back when the same person signs in again", async ({ desk, visitor }) => {
  const service = await pushService();
  const [page, elsewhere] = [await visitor({ permissions: ["notifications"] }), await visitor()];
  const password = "otter lamp violet nine";
  const heading = (page, name) => page.getByRole("heading", { name, exact: true, level: 1 }).waitFor();
  const fill = async (page, answers) => {
    for (const [name, answer] of Object.entries(answers)) await page.locator(`[name="${name}"]`).fill(answer);
    await page.locator(".form__end .button").click();
  };
  const signIn = async (page) => {
    await page.goto(`${desk.url}/sign-in`);
    await fill(page, { email: "olga@acme.example", password });
    await page.waitForURL("**/tickets");
  };
  try {
    await page.context().addInitScript(pretend, service.keys);
    await page.goto(desk.setUp());
    await heading(page, "Set up your desk");
    await fill(page, { desk: "Acme Help", name: "Olga Reis", email: "olga@acme.example", password });
    await heading(page, "Acme Help is set up");
    await page.goto(`${desk.url}/notifications/choices`);
    await section(page).getByRole("button", { name: "Turn on in this browser" }).click();
    await section(page).getByText("This one").waitFor();

    await signIn(elsewhere);
    await elsewhere.goto(`${desk.url}/notifications/choices`);
    assert.equal(await section(elsewhere).locator("[data-endpoint]").count(), 1, "it is theirs, wherever they look");
    assert.equal(await section(elsewhere).getByText("This one").isVisible(), false);
    await elsewhere.goto(`${desk.url}/account`);
    await elsewhere.locator('.session form[action$="/end"] button').click();
    await elsewhere.getByText("Signed out there.").waitFor();
    await elsewhere.goto(`${desk.url}/notifications/choices`);
    assert.equal(await section(elsewhere).locator("[data-endpoint]").count(), 0);

    await page.goto(`${desk.url}/tickets`);
    await heading(page, "Sign in");
    const renewed = page.waitForResponse((answer) => answer.request().method() === "POST" && answer.url() === `${desk.url}/notifications/browsers`);
    await signIn(page);
    await renewed;
    await page.goto(`${desk.url}/notifications/choices`);
    await section(page).getByText("This one").waitFor();
  } finally {
    service.close();
  }
}, { demo: false, flags });
