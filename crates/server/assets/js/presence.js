// Who else is on the open ticket, and that somebody is here: told every twenty seconds while the page is seen, and forgotten by the desk
// soon after it is told no more.
import { addresseeOf, fieldOf, formOf, kindOf } from "./composer.js";
import { fetched, read } from "./part.js";

const every = 20_000;
// How long somebody still writes after the last letter.
const pause = 12_000;
let told = null;
let typed = -pause;

const open = () => document.querySelector("main[data-ticket]")?.dataset.ticket ?? null;
const place = (id) => document.getElementById(`presence-${id}`);
const body = (doing) => new URLSearchParams({ doing, csrf: document.querySelector('[name="csrf"]')?.value ?? "" });
const address = (id) => `/tickets/${encodeURIComponent(id)}/presence`;
const doing = () => (performance.now() - typed < pause ? "writes" : "looks");

function show(id, text) {
  const pane = place(id);
  if (!pane || text === null) return;
  const fresh = read(text).body;
  if (pane.textContent.trim() !== fresh.textContent.trim()) pane.replaceChildren(...fresh.childNodes);
}

async function say() {
  const id = open();
  if (told && told !== id) navigator.sendBeacon(address(told), body("gone"));
  told = id;
  if (!id || document.hidden || !place(id)) return;
  const answer = await fetch(address(id), { method: "POST", body: body(doing()) }).catch(() => null);
  if (answer?.ok) show(id, await answer.text());
}

function leave() {
  if (told) navigator.sendBeacon(address(told), body("gone"));
  told = null;
}

/** Somebody came to a ticket, or went. */
export async function lookAgain(id) {
  if (id !== open()) return;
  show(id, await fetched(address(id)));
}

export function tellPresence() {
  document.addEventListener("input", (event) => {
    const form = formOf(event.target);
    if (!form || event.target !== fieldOf(form) || kindOf(form) !== "reply" || addresseeOf(form)?.value) return;
    const began = doing() === "looks";
    typed = performance.now();
    if (began) say();
  });
  document.addEventListener("htmx:after:swap", () => {
    if (told !== open()) {
      typed = -pause;
      say();
    }
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : say()));
  window.addEventListener("pagehide", leave);
  setInterval(say, every);
  say();
}
