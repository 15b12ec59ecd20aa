// The command palette: a combobox in a dialog (WAI-ARIA 1.2). The desk says what it offers for what was typed.
import { about, act } from "./deeds.js";
import { fetched, read } from "./part.js";

const wait = 90;
const dialog = () => document.querySelector("#palette");
const field = () => document.querySelector("#palette-input");
const list = () => document.querySelector("#palette-list");
const options = () => [...list().querySelectorAll('[role="option"]')];
let subject = [];
let timer;
let asked = 0;

function mark(option) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  if (option) {
    field().setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else field().removeAttribute("aria-activedescendant");
}

const marked = () => list().querySelector('[aria-selected="true"]');

function wanted() {
  const query = new URLSearchParams({ q: field().value });
  for (const id of subject) query.append("ticket", id);
  const open = document.querySelector("main[data-ticket]")?.dataset.ticket;
  if (open && subject.length === 1 && subject[0] === open) query.append("open", "1");
  return fetched(`/palette?${query}`);
}

async function ask() {
  const turn = (asked += 1);
  const text = await wanted();
  if (text === null || turn !== asked) return;
  list().replaceChildren(...[...read(text).body.childNodes].map((node) => document.importNode(node, true)));
  mark(options()[0]);
}

function go(href) {
  const link = document.querySelector(`a[href="${CSS.escape(href)}"]`);
  if (link) link.click();
  else location.assign(href);
}

function press(selector) {
  const element = document.querySelector(selector);
  if (!element) return;
  // What is in a menu is looked at there.
  const menu = element.matches("summary") ? null : element.closest("details.menu");
  if (menu && element.matches("input")) {
    menu.open = true;
    element.focus();
    return;
  }
  element.click();
  if (element.name === "kind") element.form.querySelector("textarea").focus();
  else if (element.matches("summary")) element.parentElement.querySelector("input, select, textarea, button")?.focus();
}

function choose(option) {
  if (!option) return;
  const { go: href, do: deed, press: selector } = option.dataset;
  dialog().close();
  if (href) go(href);
  else if (deed) act(deed);
  else if (selector) press(selector);
}

/** Opens the palette about what is selected or open. */
export function openPalette() {
  if (!dialog() || dialog().open) return;
  subject = about();
  list().replaceChildren();
  field().value = "";
  dialog().showModal();
  field().focus();
  ask();
}

/** Opens the palette where something in it solves what is selected or has the focus; says whether that is so. */
export async function openSolving() {
  if (!dialog() || dialog().open) return true;
  subject = about();
  field().value = "";
  const text = await wanted();
  if (text === null || dialog().open) return true;
  if (!read(text).querySelector("[data-solving]")) return false;
  openPalette();
  return true;
}

function move(by) {
  const all = options();
  const next = all.indexOf(marked()) + by;
  mark(all[(next + all.length) % all.length]);
}

export function offerPalette() {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      openPalette();
      return;
    }
    if (event.target !== field() || event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      move(steps[event.key]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(marked());
    }
  }, true);
  document.addEventListener("input", (event) => {
    if (event.target !== field()) return;
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-palette]")) openPalette();
    else if (event.target === dialog()) dialog().close();
    else choose(event.target.closest?.('#palette [role="option"]'));
  });
}
