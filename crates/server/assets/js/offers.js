// What the box of a search offers while somebody types: operators that begin as the last word does (a combobox, WAI-ARIA 1.2).
// Nothing is chosen until an arrow marks it, so Enter searches for what was typed. The list comes once somebody is in the box.
import { fetched, read } from "./part.js";

const most = 8;
// The list in each language, as it is fetched.
const lists = new Map();
const listOf = (field) => document.getElementById(field.dataset.offers);
const options = (list) => [...list.querySelectorAll('[role="option"]')];
const shown = (list) => options(list).filter((option) => !option.hidden);
const marked = (list) => list.querySelector('[aria-selected="true"]');

// The word before the cursor, where it begins, and the minus that it may stand behind.
function begun(field) {
  const before = field.value.slice(0, field.selectionStart);
  const [, minus, word] = /(?:^|\s)(-?)([^\s"]*)$/u.exec(before) ?? [null, "", null];
  return { word, minus, from: before.length - (word ?? "").length };
}

function mark(field, option) {
  for (const other of options(listOf(field))) other.setAttribute("aria-selected", String(other === option));
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
}

function close(field) {
  if (!listOf(field)) return;
  mark(field, null);
  listOf(field).hidden = true;
  field.setAttribute("aria-expanded", "false");
}

// `all` where somebody asks by an arrow; otherwise nothing is offered for nothing.
function offer(field, all) {
  const list = listOf(field);
  if (!list || document.activeElement !== field) return;
  const { word } = begun(field);
  const wanted = word?.toLocaleLowerCase();
  let count = 0;
  for (const option of options(list)) {
    const { insert } = option.dataset;
    const fits = wanted !== undefined && insert !== wanted && insert.startsWith(wanted) && (all || wanted.length > 0);
    option.hidden = !fits || count >= (all ? options(list).length : most);
    if (!option.hidden) count += 1;
  }
  if (count === 0) return close(field);
  mark(field, null);
  list.hidden = false;
  field.setAttribute("aria-expanded", "true");
}

function choose(field, option) {
  const { from } = begun(field);
  const { insert } = option.dataset;
  field.setRangeText(insert.endsWith(":") ? insert : `${insert} `, from, field.selectionStart, "end");
  field.focus();
  close(field);
  // Behind `is:` stands what it takes.
  if (insert.endsWith(":")) offer(field, false);
}

function move(field, by) {
  const list = listOf(field);
  if (list.hidden) return offer(field, true);
  const all = shown(list);
  const next = all.indexOf(marked(list)) + by;
  mark(field, all[next] ?? (next < 0 ? all.at(-1) : all[0]));
}

function pressed(event) {
  const field = event.target;
  if (!field.dataset?.offers || event.isComposing) return;
  const list = listOf(field);
  if (!list) {
    if (event.key === "ArrowDown") dress(field).then(() => offer(field, true));
    return;
  }
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps) {
    event.preventDefault();
    move(field, steps[event.key]);
  } else if (event.key === "Enter" && !list.hidden && marked(list)) {
    event.preventDefault();
    choose(field, marked(list));
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    event.stopPropagation();
    close(field);
  }
}

async function bring(field) {
  const { lang } = document.documentElement;
  if (!lists.has(lang)) lists.set(lang, fetched("/search/offers"));
  const text = await lists.get(lang);
  if (!text) lists.delete(lang);
  else if (field.isConnected && !listOf(field)) field.form.append(read(text).body.firstElementChild);
}

// The field is a combobox only where something is offered.
async function dress(field) {
  if (!listOf(field)) await bring(field);
  if (!listOf(field) || document.activeElement !== field || field.getAttribute("role") === "combobox") return;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", field.dataset.offers);
}

export function offerOperators() {
  const field = (event) => (event.target.dataset?.offers ? event.target : null);
  document.addEventListener("focusin", (event) => field(event) && dress(field(event)));
  document.addEventListener("input", (event) => field(event) && dress(field(event)).then(() => offer(event.target, false)));
  document.addEventListener("focusout", (event) => field(event) && close(field(event)));
  document.addEventListener("keydown", pressed, true);
  // Before the field loses the focus.
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest?.(".offers [role=option]");
    if (!option) return;
    event.preventDefault();
    choose(option.closest("form").querySelector("[data-offers]"), option);
  });
  if (document.activeElement?.dataset?.offers) dress(document.activeElement);
}
