// Canned replies: a menu with a search, which "/" at the start of a line opens too. What is chosen is put where the cursor is.
import { addresseeOf, fieldOf, formOf, insert } from "./composer.js";
import { toast } from "./toasts.js";

const menuOf = (form) => form?.querySelector(".composer__canned");
const shown = (menu) => [...menu.querySelectorAll('[name="canned"]:not([hidden])')];

function filter(menu) {
  const wanted = menu.querySelector("[data-canned-filter]").value.trim().toLocaleLowerCase();
  for (const button of menu.querySelectorAll('[name="canned"]')) {
    button.hidden = !button.textContent.toLocaleLowerCase().includes(wanted);
  }
  menu.querySelector("[data-canned-none]").hidden = menu.dataset.filled === undefined || shown(menu).length > 0;
}

function begin(menu) {
  const search = menu.querySelector("[data-canned-filter]");
  search.hidden = false;
  search.value = "";
  filter(menu);
  search.focus();
}

function end(menu) {
  menu.open = false;
  delete menu.dataset.slash;
  delete menu.dataset.enter;
}

async function choose(form, name) {
  const to = addresseeOf(form)?.value ?? "";
  const address = `/tickets/${form.dataset.draft}/canned/${encodeURIComponent(name)}?to=${encodeURIComponent(to)}`;
  const answer = await fetch(address).catch(() => null);
  const words = await answer?.text();
  end(menuOf(form));
  if (answer?.ok) insert(form, words);
  else toast(words || form.dataset.failed);
}

function move(menu, by) {
  const buttons = shown(menu);
  const next = buttons.indexOf(document.activeElement) + by;
  if (next < 0) menu.querySelector("[data-canned-filter]").focus();
  else buttons[Math.min(next, buttons.length - 1)]?.focus();
}

// Whoever wanted the stroke itself gets it by Escape.
function giveUp(form, menu) {
  const stroke = menu.dataset.slash;
  end(menu);
  fieldOf(form).focus();
  if (stroke === undefined) return;
  const field = fieldOf(form);
  field.setRangeText("/", field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function pressed(event) {
  const form = formOf(event.target);
  const menu = menuOf(form);
  if (!menu) return;
  if (event.target === fieldOf(form)) {
    const { value, selectionStart } = event.target;
    const begins = selectionStart === 0 || value[selectionStart - 1] === "\n";
    if (event.key !== "/" || !begins || event.isComposing) return;
    event.preventDefault();
    menu.dataset.slash = "";
    menu.open = true;
    // At once: what is typed next is looked for.
    begin(menu);
  } else if (menu.open && menu.contains(event.target)) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      move(menu, steps[event.key]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      giveUp(form, menu);
    } else if (event.key === "Enter" && event.target.matches("[data-canned-filter]")) {
      event.preventDefault();
      // Whoever types faster than they come gets the first of them when they are there.
      if (menu.dataset.filled === undefined) menu.dataset.enter = "";
      else shown(menu)[0]?.click();
    }
  }
}

export function offerCanned() {
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.(".composer__canned")) return;
    if (!event.target.open) end(event.target);
    else if (event.target.dataset.slash === undefined) begin(event.target);
  }, true);
  document.addEventListener("menu:filled", ({ target }) => {
    const menu = target.closest(".composer__canned");
    if (!menu) return;
    menu.dataset.filled = "";
    filter(menu);
    if (menu.open && menu.dataset.enter !== undefined) shown(menu)[0]?.click();
    delete menu.dataset.enter;
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-canned-filter]")) filter(event.target.closest("details"));
  });
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.('[name="canned"]');
    if (!button) return;
    event.preventDefault();
    choose(formOf(button), button.value);
  });
}
