// The keys of the desk. They move the real focus, so everything that has it can be used at once. Which key does what, each person may
// say for themselves; the page carries what they said.
import { about, act } from "./deeds.js";
import { page } from "./page.js";
import { openPalette, openSolving } from "./palette.js";
import { selected, turnRow } from "./selection.js";
import { showKeys } from "./sheet.js";
import { toast, undoLast } from "./toasts.js";
import { typing } from "./typing.js";

const pause = 1500;
const places = {
  h: "/", t: "/tickets", m: "/mail", w: "/workload", s: "/insights", d: "/today", q: "/questions", n: "/notifications", o: "/organizations", c: "/contacts", p: "/handbook", u: "/tickets?view=unassigned",
  i: "/tickets?view=mine",
};

function step(by) {
  const links = [...document.querySelectorAll(".rows .row__link, .brief__link")];
  const focused = links.indexOf(document.activeElement.closest?.(".row, .brief")?.querySelector(".row__link, .brief__link"));
  const from = focused >= 0 ? focused : links.findIndex((link) => link.ariaCurrent);
  const next = links[Math.min(Math.max(from + by, 0), links.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function neighbour(by) {
  const links = [...document.querySelectorAll(".rows .row__link")];
  const current = links.findIndex((link) => link.ariaCurrent);
  const next = current >= 0 ? links[current + by] : null;
  // The focus goes along where it is in the list.
  if (document.activeElement.closest?.(".row")) next?.focus();
  next?.click();
}

function write(kind) {
  const form = document.querySelector("form.composer");
  if (!form) return;
  form.querySelector(`[name="kind"][value="${kind}"]`)?.click();
  form.querySelector("textarea").focus();
}

function why() {
  const within = document.activeElement.closest?.(".step, .message");
  const asked = within ?? [...document.querySelectorAll(".entries > *")].findLast((entry) => entry.querySelector('[id^="why-"]'));
  const details = asked?.querySelector('[id^="why-"]');
  if (!details) return;
  details.open = !details.open;
  details.querySelector("summary").focus();
}

// Opens a menu and goes to its first item.
function unfold(summary) {
  if (!summary) return;
  summary.parentElement.open = true;
  (summary.parentElement.querySelector(".menu__item") ?? summary).focus();
}

// The row that a key is about, where neither a ticket is open nor anything selected, is selected first.
function ofSelection(name) {
  const open = document.querySelector("main[data-ticket]");
  if (selected().length === 0 && !open) turnRow(document.activeElement.closest?.(".row"));
  if (selected().length > 0) return unfold(document.querySelector(`#bulk-${name} > summary`));
  return unfold(document.querySelector(name === "assign" ? '[data-key="assign"]' : `.ticket__deeds [data-deed="${name}"]`));
}

async function solve() {
  const choice = selected().length === 0 && document.querySelector("[data-solves]");
  if (choice) {
    choice.click();
    if (choice.matches("summary")) choice.parentElement.querySelector("input, select, textarea")?.focus();
  } else if (about().length > 0 && !(await openSolving())) toast(document.querySelector("#toasts").dataset.unsolvable);
}

function checklist() {
  const item = document.querySelector(".checklist .check__line--open, .checklist .check__back");
  if (!item) return;
  const drawer = document.querySelector("#context");
  if (getComputedStyle(drawer).display === "none") document.querySelector('[data-drawer="open"]')?.click();
  item.focus();
}

function context() {
  const opener = document.querySelector('[data-drawer="open"]');
  const body = document.querySelector(".context__body");
  if (opener && getComputedStyle(opener).display !== "none") opener.click();
  else body?.focus();
}

// Where there is no room for the box a link leads to it.
function search() {
  const [box] = [...document.querySelectorAll('[data-key="search"]')].filter((place) => place.checkVisibility());
  if (!box) openPalette();
  if (box instanceof HTMLInputElement) box.select();
  box?.focus();
  if (box instanceof HTMLAnchorElement) box.click();
}

const actions = {
  next: () => step(1),
  previous: () => step(-1),
  "neighbour-previous": () => neighbour(-1),
  "neighbour-next": () => neighbour(1),
  back: () => document.querySelector('[data-key="back"]')?.click(),
  select: () => turnRow(document.activeElement.closest?.(".row") ?? document.querySelector(".row__link[aria-current]")?.closest(".row")),
  reply: () => write("reply"),
  note: () => write("note"),
  assign: () => ofSelection("assign"),
  mine: () => act("assign:me"),
  snooze: () => ofSelection("snooze"),
  unread: () => act("unread"),
  solve,
  checklist,
  context,
  why,
  search,
  undo: undoLast,
  open: () => document.querySelector('[data-key="open"]')?.click(),
  all: showKeys,
  arrivals: () => document.querySelector("#arrivals:not([hidden]), #latest:not([hidden])")?.click(),
};

// Two keys one after the other.
const pairs = {
  choices: (key) => document.querySelector(`[data-choice="${CSS.escape(key)}"]`)?.click(),
  go: (key) => Object.hasOwn(places, key) && document.querySelector(`a[href="${places[key]}"]`)?.click(),
};

export function listenForKeys() {
  let first = null;
  let timer;
  const known = () => JSON.parse(page().keys ?? "{}");
  document.addEventListener("keydown", (event) => {
    const letter = /^\p{L}$/u.test(event.key);
    if (typing(event) || (event.shiftKey && letter) || document.querySelector("dialog[open]")) return;
    const { off, keys = {} } = known();
    if (off) return;
    if (first) {
      const second = pairs[first];
      first = null;
      event.preventDefault();
      second(event.key);
      return;
    }
    const action = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
    if (Object.hasOwn(pairs, action)) {
      first = action;
      clearTimeout(timer);
      timer = setTimeout(() => (first = null), pause);
      if (first === "choices") document.querySelector("[data-choice]")?.focus();
    } else if (Object.hasOwn(actions, action)) {
      event.preventDefault();
      actions[action]();
    }
  });
}
