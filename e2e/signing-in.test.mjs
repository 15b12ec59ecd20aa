// The way in by keyboard alone: an empty desk is set up, a colleague invited, a session ended from elsewhere, a password forgotten.
import assert from "node:assert/strict";
import { findings, sideways } from "./everybody.mjs";
import { onEachDatabase, once } from "./story.mjs";

const password = "otter lamp violet nine";
const other = "seven grey kites at noon";
const real = { demo: false };

/** Presses Tab until what has the focus matches the selector. */
async function tabTo(page, selector) {
  for (let pressed = 0; pressed < 80; pressed += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`Tab never comes to ${selector} on ${page.url()}`);
}

/** Fills in fields by their names, and sends the form, with the keys alone. */
async function fillIn(page, answers, button = ".form__end .button") {
  for (const [name, answer] of Object.entries(answers)) {
    await tabTo(page, `[name="${name}"]`);
    await page.keyboard.press("Control+A");
    await page.keyboard.type(answer);
  }
  await tabTo(page, button);
  await page.keyboard.press("Enter");
}

async function follow(page, selector) {
  await tabTo(page, selector);
  await page.keyboard.press("Enter");
}

const heading = (page, name) => page.getByRole("heading", { name, exact: true, level: 1 }).waitFor();

async function setUp(page, desk) {
  await page.goto(desk.setUp());
  await heading(page, "Set up your desk");
  await fillIn(page, { desk: "Acme Help", name: "Olga Reis", email: "olga@acme.example", password });
  await heading(page, "Acme Help is set up");
}

async function signIn(page, desk, email, secret) {
  await page.goto(`${desk.url}/sign-in`);
  await heading(page, "Sign in");
  await fillIn(page, { email, password: secret });
  await page.waitForURL("**/tickets");
}

/** The newest caught letter to somebody once there are so many, as its owner reads it: the address of its link. */
async function linkTo(owner, desk, email, count = 1) {
  for (let looks = 0; looks < 50; looks += 1) {
    await owner.goto(`${desk.url}/people`);
    const rows = owner.locator(".people__row", { has: owner.locator('a[href^="/people/letters/"]'), hasText: email });
    if ((await rows.count()) >= count) {
      await rows.first().getByRole("link").click();
      return owner.locator(".people__letter a").getAttribute("href");
    }
  }
  throw new Error(`no letter to ${email}`);
}

onEachDatabase("a desk is set up, a colleague invited, a session ended elsewhere and a password forgotten, by keyboard", async ({ desk, visitor }) => {
  const [olga, nina, phone] = [await visitor(), await visitor(), await visitor()];
  await olga.goto(desk.url);
  await heading(olga, "This desk is not set up yet");
  await setUp(olga, desk);

  await follow(olga, 'main a[href="/people"]');
  await heading(olga, "People");
  await follow(olga, 'main a[href="/people/invitation"]');
  await heading(olga, "Invite a colleague");
  await tabTo(olga, '[name="name"]');
  await olga.keyboard.type("Nina");
  await tabTo(olga, '[name="email"]');
  await olga.keyboard.type("nina@acme.example");
  await tabTo(olga, '[name="team.support"]');
  await olga.keyboard.press("Space");
  await follow(olga, ".form__end .button");
  await olga.getByText("The invitation is on its way.").waitFor();

  await nina.goto(await linkTo(olga, desk, "nina@acme.example"));
  await heading(nina, "Come in");
  await fillIn(nina, { name: "Nina Sol", password });
  await nina.waitForURL("**/tickets");

  await signIn(phone, desk, "nina@acme.example", password);
  await nina.goto(`${desk.url}/account`);
  await heading(nina, "My account");
  assert.equal(await nina.locator(".session").count(), 2);
  await follow(nina, '.session form[action$="/end"] button');
  await nina.getByText("Signed out there.").waitFor();
  await phone.goto(`${desk.url}/tickets`);
  await heading(phone, "Sign in");

  await follow(phone, 'a[href="/forgotten"]');
  await heading(phone, "Forgot your password?");
  await fillIn(phone, { email: "nina@acme.example" });
  await heading(phone, "Look at your mail");
  const link = await linkTo(olga, desk, "nina@acme.example", 2);
  assert.match(link, /\/reset\//);
  await phone.goto(link);
  await heading(phone, "Choose a new password");
  await fillIn(phone, { password: other });
  await phone.waitForURL("**/tickets");
  await nina.goto(`${desk.url}/account`);
  await heading(nina, "Sign in");
  await signIn(nina, desk, "nina@acme.example", other);

  await follow(nina, 'form[action="/sign-out"] button');
  await heading(nina, "Sign in");
  await nina.goBack();
  await nina.reload();
  await heading(nina, "Sign in");
}, {}, real);

once("the door, one's own account and the people are accessible, light and dark, wide and narrow", async ({ desk, visitor }) => {
  const page = await visitor();
  const door = await visitor();
  const link = desk.setUp();
  const found = [];
  const look = async (page, name, address) => {
    if (address) await page.goto(new URL(address, desk.url).href);
    for (const width of [1280, 360]) {
      for (const colorScheme of ["light", "dark"]) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        for (const finding of await findings(page)) found.push(`${name}, ${width}, ${colorScheme}: ${finding}`);
        for (const pane of await sideways(page)) found.push(`${name}, ${width}: scrolls sideways: ${pane}`);
        if (process.env.DESKHAND_PICTURES) await page.screenshot({ path: `${process.env.DESKHAND_PICTURES}/${name}-${width}-${colorScheme}.png`, fullPage: true });
      }
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  await look(door, "not set up", "/set-up");
  await look(door, "set-up", link);
  await setUp(page, desk);
  await look(page, "welcome");
  await page.goto(`${desk.url}/people/invitation`);
  await fillIn(page, { name: "Nina", email: "nina@acme.example" });
  await page.getByText("The invitation is on its way.").waitFor();
  const invitation = await linkTo(page, desk, "nina@acme.example");
  await look(page, "letter");
  await look(page, "people", "/people");
  await page.locator(".people__change summary").first().click();
  await page.locator(".people__away summary").first().click();
  await look(page, "people, unfolded");
  await look(page, "invite", "/people/invitation");
  await look(page, "account", "/account");
  await look(door, "sign-in", "/sign-in");
  await look(door, "forgotten", "/forgotten");
  await look(door, "invitation", invitation);
  await look(door, "link over", `/reset/${"0".repeat(64)}`);
  assert.deepEqual(found, []);
}, real);
