// What is selected in the list: by ticking a row, by its key, or with Shift all rows up to one. Only what is on screen is selected; "all
// in this view" means the rows beyond it too. The bar over the list says how many, and what can be done.
import { fetched } from "./part.js";

const chosen = new Set();
let all = false;
let last = null;

const boxes = () => [...document.querySelectorAll(".row__pick input")];
const bar = () => document.querySelector("#bulk");

// Beside a ticket the bar comes once it is needed.
let coming = false;
async function fetchBar() {
  const place = document.querySelector("[data-bulk]");
  if (!place || coming) return;
  coming = true;
  const text = await fetched(place.dataset.bulk);
  coming = false;
  if (text && place.isConnected) await window.htmx.swap({ text, target: place, sourceElement: place, swap: "outerHTML ignoreTitle:true" });
}

/** The ids of the selected tickets. */
export const selected = () => [...chosen];

function show() {
  const there = boxes();
  const known = new Set(there.map((box) => box.value));
  for (const id of chosen) if (!known.has(id)) chosen.delete(id);
  if (chosen.size === 0) all = false;
  for (const box of there) {
    box.checked = chosen.has(box.value);
    box.closest(".row").classList.toggle("is-chosen", box.checked);
  }
  const form = bar();
  if (!form) {
    if (chosen.size > 0) fetchBar();
    return;
  }
  form.classList.toggle("is-on", chosen.size > 0);
  form.closest(".list")?.classList.toggle("is-selecting", chosen.size > 0);
  const count = form.querySelector("[data-count]");
  const { one, other, allWords } = count.dataset;
  if (chosen.size > 0) count.textContent = all ? allWords : chosen.size === 1 ? one : other.replace("{n}", chosen.size);
  form.querySelector("[data-all]").value = all ? "1" : "";
  form.querySelector('[data-select="all"]').hidden = all;
}

function set(id, on) {
  if (on) chosen.add(id);
  else chosen.delete(id);
  all = false;
}

/** Selects a row, or no longer; with `up to` all between it and the one before. */
function turn(box, on, upTo) {
  const there = boxes();
  const [from, to] = [there.findIndex((other) => other.value === last), there.indexOf(box)];
  if (upTo && from >= 0) {
    for (const other of there.slice(Math.min(from, to), Math.max(from, to) + 1)) set(other.value, on);
  } else set(box.value, on);
  last = box.value;
  show();
}

/** Turns the row of a ticket by its key. */
export function turnRow(row) {
  const box = row?.querySelector(".row__pick input");
  if (box) turn(box, !chosen.has(box.value), false);
}

export function selectNone() {
  chosen.clear();
  show();
}

export function keepSelection() {
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.(".row__pick input");
    if (box) turn(box, box.checked, event.shiftKey);
    const link = event.target.closest?.(".rows .row__link");
    if (link && event.shiftKey && chosen.size > 0) {
      event.preventDefault();
      event.stopImmediatePropagation();
      turn(link.closest(".row").querySelector(".row__pick input"), true, true);
    }
    const button = event.target.closest?.("[data-select]");
    if (button?.dataset.select === "none") selectNone();
    if (button?.dataset.select === "all") {
      for (const other of boxes()) chosen.add(other.value);
      all = true;
      show();
    }
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chosen.size > 0 && !event.defaultPrevented && !document.querySelector("details.menu[open], dialog[open]")) selectNone();
  });
  document.addEventListener("htmx:after:swap", show);
  show();
}
