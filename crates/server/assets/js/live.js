// News from the desk, without anything jumping. An event carries a ticket's id and version; what it shows is
// fetched under the viewer's rights and morphed in place. Three rules:
// rows change where they are, and new ones wait behind "3 new" while somebody is in the list;
// the conversation follows only near its end; what is being written is never touched.
import { lost } from "./focus.js";
import { page } from "./page.js";
import { refreshPane } from "./panes.js";
import { fetched, read } from "./part.js";
import { lookAgain } from "./presence.js";
import { refreshKept, refreshNotices, refreshQuestions } from "./questions.js";
import { atTheEnd, thread, toTheEnd } from "./thread.js";

const quiet = 1200;
const gather = 80;
// How many tickets' newest versions are remembered, and for how long a page may have been on its way.
const remembered = 500;
const onItsWay = 5000;
// How long the counts of views may be behind.
const often = 1500;

const list = () => document.querySelector("#list");
const ticket = () => document.querySelector("main[data-ticket]");
/** The id of the ticket that a row shows. */
export const ticketOf = (row) => row.id.replace("row-", "");
const held = { text: null, scrolled: -quiet, leaving: false };

// How many of the rows in `text` are not in the list yet.
function arrivals(text) {
  const fresh = read(text);
  return [...fresh.querySelectorAll(".row")].filter((row) => !document.getElementById(row.id)).map((row) => row.id);
}

function busy() {
  return list().matches(":hover, :focus-within") || performance.now() - held.scrolled < quiet;
}

async function showList(text) {
  const fresh = arrivals(text);
  held.text = null;
  document.querySelector("#arrivals").hidden = true;
  await window.htmx.swap({ text, target: list(), sourceElement: list(), swap: "innerMorph ignoreTitle:true" });
  for (const id of fresh) document.getElementById(id)?.classList.add("has-arrived");
}

function holdList(text, count) {
  const pill = document.querySelector("#arrivals");
  const form = new Intl.PluralRules(document.documentElement.lang).select(count) === "one" ? "one" : "other";
  pill.textContent = pill.dataset[form].replace("{n}", count);
  pill.hidden = false;
  held.text = text;
}

async function refreshRow(id) {
  const row = document.getElementById(`row-${id}`);
  const text = row && (await fetched(`/tickets/${encodeURIComponent(id)}/row${location.search}`));
  if (!text || !row.isConnected) return;
  const current = row.querySelector("[aria-current]") !== null;
  await window.htmx.swap({ text, target: row, sourceElement: row, swap: "outerMorph ignoreTitle:true" });
  if (current) document.querySelector(`#row-${CSS.escape(id)} .row__link`)?.setAttribute("aria-current", "true");
}

// The rows that are in the list and no longer among those in `text`: they left the view.
function departures(text) {
  const fresh = read(text);
  return [...document.querySelectorAll("#rows > .row")].filter((row) => !fresh.getElementById(row.id));
}

// The view on screen is gone: the page says so, and shows what there is.
async function reopen() {
  await window.htmx.ajax("GET", `${location.pathname}${location.search}`, { target: "body", swap: "innerMorph" });
}

async function refreshList() {
  const pane = list()?.closest("[data-query]");
  if (!pane || !("first" in pane.dataset)) return;
  const query = pane.dataset.query;
  const text = await fetched(`/tickets/list${query}`, reopen);
  // Somebody may have gone to another list meanwhile.
  if (!text || list()?.closest("[data-query]")?.dataset.query !== query) return;
  const count = arrivals(text).length;
  const leaving = departures(text);
  held.leaving = leaving.length > 0 && busy();
  if (held.leaving) leaving.forEach((row) => row.classList.add("is-leaving"));
  if (count > 0 && busy()) holdList(text, count);
  else if (count > 0 || (leaving.length > 0 && !busy())) await showList(text);
}

// How many tickets each view holds, at most once in a while.
let counting = null;
function refreshViews() {
  counting ??= setTimeout(async () => {
    counting = null;
    const pane = document.querySelector(".rail__views");
    const query = list()?.closest("[data-query]")?.dataset.query;
    if (!pane || query === undefined || document.hidden) return;
    const text = await fetched(`/tickets/views${query}`, reopen);
    if (!text || !pane.isConnected || list()?.closest("[data-query]")?.dataset.query !== query) return;
    await window.htmx.swap({ text, target: pane, sourceElement: pane, swap: "innerMorph ignoreTitle:true" });
  }, often);
}

const queryOf = (pane) => ("first" in pane.dataset ? pane.dataset.query : location.search);

async function refreshRows(pane) {
  const query = queryOf(pane);
  const text = await fetched(`/tickets/list${query}`);
  // Somebody may have gone to another list meanwhile.
  if (!text || !pane.isConnected || queryOf(pane) !== query) return;
  const rows = [...document.querySelectorAll("#rows .row")].map((row) => row.id);
  const at = rows.indexOf(document.activeElement.closest?.(".row")?.id);
  const open = document.querySelector("#rows .row__link[aria-current]")?.closest(".row").id;
  await showList(text);
  if (open) document.querySelector(`#${CSS.escape(open)} .row__link`)?.setAttribute("aria-current", "true");
  if (at < 0 || (!lost() && document.activeElement.id !== "main")) return;
  // The first row behind it that is still there, else the last.
  const next = rows.slice(at).map((id) => document.getElementById(id)).find(Boolean) ?? [...document.querySelectorAll("#rows .row")].at(-1);
  next?.querySelector(".row__link")?.focus();
}

/** Fetches anew what is on screen, after something was done here. What had the focus keeps it, or the row in its place gets it. */
export async function refreshAll() {
  const pane = list()?.closest("[data-query]");
  if (pane) await refreshRows(pane);
  if (ticket()) await refreshTicket(ticket().dataset.ticket);
  refreshViews();
}

async function refreshTicket(id) {
  const query = new URLSearchParams(location.search);
  const from = document.querySelector(".entries")?.dataset.from;
  if (from) query.set("from", from);
  const text = await fetched(`/tickets/${encodeURIComponent(id)}/panes?${query}`);
  const pane = ticket();
  if (!text || pane?.dataset.ticket !== id) return;
  const follows = atTheEnd();
  const before = document.querySelectorAll(".entries > .message").length;
  await window.htmx.swap({ text, target: pane, sourceElement: pane, swap: "none" });
  if (document.querySelectorAll(".entries > .message").length > before) {
    document.querySelector("#announcer").textContent = thread().dataset.arrived;
    if (follows) toTheEnd();
    else document.querySelector("#latest").hidden = false;
  } else if (follows) toTheEnd();
}

// Whether the open ticket shows how the ticket `id` stands.
const isLinked = (id) => document.querySelector(`.linked[href="/tickets/${CSS.escape(id)}"]`) !== null;

// What was heard of, by ticket: its newest version, and when.
const heard = new Map();

function remember(id, version) {
  const before = heard.get(id)?.version ?? 0;
  heard.delete(id);
  heard.set(id, { version: Math.max(version, before), at: performance.now() });
  if (heard.size > remembered) heard.delete(heard.keys().next().value);
}

// A page that was made before an event and came after it shows what was: it is held against what was heard meanwhile.
function holdAgainstHeard(note) {
  for (const [id, { version, at }] of heard) {
    const row = document.getElementById(`row-${id}`);
    const shown = row ?? (ticket()?.dataset.ticket === id ? ticket() : null);
    if (shown ? Number(shown.dataset.version) < version : performance.now() - at < onItsWay) note(id, version);
  }
}

async function take(news) {
  const open = ticket();
  let arrived = false;
  for (const [id, version] of news) {
    const row = document.getElementById(`row-${id}`);
    arrived ||= !row || Number(row.dataset.version) < version;
    if (row && Number(row.dataset.version) < version) await refreshRow(id);
    if (open?.dataset.ticket === id && Number(open.dataset.version) < version) {
      if (Number.isFinite(version)) open.dataset.version = version;
      await refreshTicket(id);
    } else if (open && isLinked(id)) await refreshTicket(open.dataset.ticket);
  }
  if (arrived && list()) await refreshList();
  if (arrived) refreshViews();
  if (arrived) await refreshPane("#today");
  if (arrived) await refreshPane("#workload");
}

// Events of one moment are taken together, one batch after the other.
function inBatches(work) {
  let batch = new Map();
  let last = Promise.resolve();
  return (id, version) => {
    if (batch.size === 0) {
      setTimeout(() => {
        const news = batch;
        batch = new Map();
        last = last.then(() => work(news)).catch(() => {});
      }, gather);
    }
    batch.set(id, Math.max(version, batch.get(id) ?? 0));
  };
}

/** From the first page on that changes by itself; some, such as the door, do not. */
export function listenForNews() {
  const begin = () => {
    if (!page().live) return;
    document.removeEventListener("htmx:after:swap", begin);
    listen(page());
  };
  document.addEventListener("htmx:after:swap", begin);
  begin();
}

function listen({ live: address, since }) {
  const note = inBatches(take);
  const shown = new URLSearchParams({ since, ticket: ticket()?.dataset.ticket ?? "" });
  const source = new EventSource(`${address}?${shown}`);
  let lost = false;
  source.addEventListener("ticket", (event) => {
    const { id, version } = JSON.parse(event.data);
    remember(String(id), Number(version));
    note(String(id), Number(version));
  });
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx?.target === document.body) holdAgainstHeard(note);
  });
  // Questions come with changes of their tickets; one look serves all of a moment.
  const look = inBatches(() => refreshQuestions());
  source.addEventListener("question", () => look("questions", 0));
  const lookAtMails = inBatches(() => refreshPane("#mails[data-first]"));
  source.addEventListener("mail", () => lookAtMails("mails", 0));
  const lookAtMailboxes = inBatches(() => refreshPane("#mailboxes"));
  source.addEventListener("mailbox", () => lookAtMailboxes("mailboxes", 0));
  const lookAtKept = inBatches(() => refreshKept());
  source.addEventListener("kept", () => lookAtKept("kept", 0));
  const lookAtNotices = inBatches(() => refreshNotices());
  source.addEventListener("told", () => lookAtNotices("notices", 0));
  source.addEventListener("presence", (event) => lookAgain(String(JSON.parse(event.data).id)));
  source.addEventListener("error", () => (lost = true));
  // After a gap, or when too much happened at once, nothing is replayed: what is on screen is fetched again.
  const again = () => {
    for (const row of document.querySelectorAll(".row[data-version]")) note(ticketOf(row), Infinity);
    if (ticket()) note(ticket().dataset.ticket, Infinity);
    note("", Infinity);
    look("questions", 0);
    lookAtMails("mails", 0);
    lookAtMailboxes("mailboxes", 0);
    lookAtKept("kept", 0);
    lookAtNotices("notices", 0);
  };
  source.addEventListener("refresh", again);
  source.addEventListener("open", () => {
    if (lost) again();
    else lookAtMails("mails", 0);
    lost = false;
  });
  document.addEventListener("scroll", (event) => {
    if (event.target === list()) held.scrolled = performance.now();
  }, { capture: true, passive: true });
  // What left the view goes when nobody is in the list any more.
  const settle = () => setTimeout(() => held.leaving && list() && !busy() && refreshList(), quiet);
  for (const event of ["mouseout", "focusout"]) document.addEventListener(event, (at) => held.leaving && at.target.closest?.("#list") && settle());
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#arrivals") || !held.text) return;
    list().scrollTop = 0;
    showList(held.text).then(() => document.querySelector(".rows .row__link")?.focus());
  });
}
