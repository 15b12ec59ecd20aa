// The keys of the desk. They move the real focus, so everything that has it can be used at once.
import { typing } from "./typing.js";

const pause = 1500;
const places = { h: "/", t: "/tickets", m: "/mail", w: "/workload" };

function step(by) {
  const links = [...document.querySelectorAll(".rows .row__link")];
  const focused = links.indexOf(document.activeElement);
  const from = focused >= 0 ? focused : links.findIndex((link) => link.ariaCurrent);
  const next = links[Math.min(Math.max(from + by, 0), links.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function neighbour(by) {
  const links = [...document.querySelectorAll(".rows .row__link")];
  const current = links.findIndex((link) => link.ariaCurrent);
  if (current >= 0) links[current + by]?.click();
}

function write(kind) {
  const form = document.querySelector("form.composer");
  if (!form) return;
  form.querySelector(`[name="kind"][value="${kind}"]`).click();
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

function assign() {
  const button = document.querySelector('[data-key="assign"]');
  if (!button) return;
  button.parentElement.open = true;
  (button.parentElement.querySelector(".menu__item") ?? button).focus();
}

// Where there is no room for the box a link leads to it.
function search() {
  const [box] = [...document.querySelectorAll('[data-key="search"]')].filter((place) => place.checkVisibility());
  if (box instanceof HTMLInputElement) box.select();
  box?.focus();
  if (box instanceof HTMLAnchorElement) box.click();
}

const alone = {
  j: () => step(1),
  k: () => step(-1),
  "[": () => neighbour(-1),
  "]": () => neighbour(1),
  u: () => document.querySelector('[data-key="back"]')?.click(),
  r: () => write("reply"),
  n: () => write("note"),
  a: assign,
  w: why,
  "/": search,
  ".": () => document.querySelector("#arrivals:not([hidden]), #latest:not([hidden])")?.click(),
};

const pairs = {
  c: (key) => document.querySelector(`[data-choice="${CSS.escape(key)}"]`)?.click(),
  g: (key) => Object.hasOwn(places, key) && document.querySelector(`a[href="${places[key]}"]`)?.click(),
};

export function listenForKeys() {
  let first = null;
  let timer;
  const off = () => document.documentElement.dataset.keys === "off";
  document.addEventListener("keydown", (event) => {
    // On some keyboards the slash itself is typed with Shift.
    if (typing(event) || (event.shiftKey && event.key !== "/") || off()) return;
    if (first) {
      const second = pairs[first];
      first = null;
      event.preventDefault();
      second(event.key);
      return;
    }
    if (Object.hasOwn(pairs, event.key)) {
      first = event.key;
      clearTimeout(timer);
      timer = setTimeout(() => (first = null), pause);
      if (first === "c") document.querySelector("[data-choice]")?.focus();
    } else if (Object.hasOwn(alone, event.key)) {
      event.preventDefault();
      alone[event.key]();
    }
  });
}
