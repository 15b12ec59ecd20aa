// A desk that was set up for real: an owner, a mailbox at real servers, and colleagues who came in by their invitations. Afterwards it
// is served with a clock that can be moved, because nobody waits for days.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { arrived, connectMailbox, plain } from "./mail-servers.mjs";

const password = "otter lamp violet nine";
const heading = (page, name) => page.getByRole("heading", { name, exact: true, level: 1 }).waitFor();

/** Sets the desk up in the browser; answers with the owner's page, and with what makes addresses of this story alone. */
export async function setUp({ desk, visitor, picture }) {
  const run = randomBytes(4).toString("hex");
  const address = (name, domain) => `${name}.${run}@${domain}.example`;
  const olga = await visitor();
  await olga.goto(desk.setUp());
  await heading(olga, "Set up your desk");
  await picture(olga, "set-up");
  for (const [name, answer] of Object.entries({ desk: "Acme Help", name: "Olga Reis", email: address("olga", "desk"), password })) {
    await olga.locator(`[name="${name}"]`).fill(answer);
  }
  await olga.locator(".form__end .button").click();
  await heading(olga, "Acme Help is set up");
  await connectMailbox(olga, desk, address("help", "desk"));
  await picture(olga, "mailbox");
  await olga.goto("about:blank");
  await desk.again({ demo: true });
  await olga.goto(`${desk.url}/tickets`);
  return { olga, address };
}

/** The owner invites somebody to a team, who follows the link in their mail and comes in; answers with their page. */
export async function joins({ desk, visitor }, { olga, address }, name, team) {
  const email = address(name.toLowerCase(), "desk");
  await olga.goto(`${desk.url}/people/invitation`);
  await olga.locator('[name="name"]').fill(name);
  await olga.locator('[name="email"]').fill(email);
  await olga.locator(`[name="team.${team}"]`).check();
  await olga.locator(".form__end .button").click();
  await olga.getByText("The invitation is on its way.").waitFor();
  const link = /http:\/\/\S+\/invitation\/\w+/.exec(plain(await arrived(email, "/invitation/")));
  assert.ok(link, "the invitation holds a link");
  const page = await visitor();
  await page.goto(link[0]);
  await heading(page, "Come in");
  await page.locator('[name="password"]').fill(password);
  await page.locator(".form__end .button").click();
  await page.waitForURL("**/tickets");
  return page;
}

/** What the desk's own directory is told of a company and of somebody there, by the API. */
export async function tellOf(page, desk, token, { organization, plan, contact }) {
  const put = async (path, data) => {
    const answer = await page.request.put(`${desk.url}/api/v1/${path}`, { headers: { Authorization: `Bearer ${token}` }, data });
    assert.equal(answer.status(), 200, await answer.text());
  };
  const key = organization.toLowerCase().replaceAll(/\W+/g, "-");
  await put(`organizations/${key}`, { name: organization, plan, attributes: { documents: 0 } });
  if (contact) await put(`contacts/${encodeURIComponent(contact.email)}`, { name: contact.name, organization: key, role: contact.role });
}
