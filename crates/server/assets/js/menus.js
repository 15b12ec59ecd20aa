import { fetched, read } from "./part.js";

// What a menu leaves to be fetched, each time that it is opened. Until it is there, or where it cannot be fetched, a link leads to it.
async function fill(part) {
  const text = await fetched(part.dataset.filledBy);
  if (text === null || !part.isConnected) return;
  const within = part.contains(document.activeElement);
  part.replaceChildren(...read(text).body.childNodes);
  if (within) part.querySelector("button")?.focus();
  part.dispatchEvent(new Event("menu:filled", { bubbles: true }));
}

// A menu of the conversation opens upwards; where it would go beyond what is shown, downwards, and what still does is brought into view.
function place(menu) {
  const body = menu.querySelector(".menu__body");
  const pane = menu.closest(".thread")?.getBoundingClientRect();
  if (!body || !pane) return;
  menu.classList.remove("menu--down");
  if (body.getBoundingClientRect().top < pane.top) menu.classList.add("menu--down");
  body.scrollIntoView({ block: "nearest" });
}

const items = (menu) => [...menu.querySelectorAll(".menu__body :is(a, button, input:not([type=hidden]), select)")].filter((item) => !item.disabled && item.checkVisibility());
const isText = (element) => element.matches("input, select, textarea");
// What was typed in a menu within a moment is looked for together.
const moment = 800;
let typed = "";
let typedAt = -moment;

function move(menu, by) {
  const all = items(menu);
  const next = all.indexOf(document.activeElement) + by;
  if (next < 0) menu.querySelector("summary").focus();
  else all[Math.min(next, all.length - 1)]?.focus();
}

// The next item in which a word begins as was typed.
function find(menu, letter, at) {
  typed = at - typedAt < moment ? typed + letter : letter;
  typedAt = at;
  const all = items(menu).filter((item) => !isText(item));
  const from = all.indexOf(document.activeElement) + (typed.length === 1 ? 1 : 0);
  const fits = (item) => ` ${item.textContent.replaceAll(/\s+/gu, " ").trim().toLocaleLowerCase()}`.includes(` ${typed.toLocaleLowerCase()}`);
  [...all.slice(Math.max(from, 0)), ...all.slice(0, Math.max(from, 0))].find(fits)?.focus();
}

// The keys of a menu, where the menu itself has not taken them.
function pressed(event) {
  const menu = event.target.closest?.("details.menu[open]");
  // One with a search has keys of its own.
  if (!menu || menu.querySelector("[data-filter]") || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps && !event.target.matches("select, textarea, [type=datetime-local], [type=radio], [type=number]")) {
    event.preventDefault();
    move(menu, steps[event.key]);
  } else if (/^\p{L}$/u.test(event.key) && !isText(event.target) && event.target.closest(".menu__body")) {
    event.preventDefault();
    // No key of the desk.
    event.stopImmediatePropagation();
    find(menu, event.key, event.timeStamp);
  }
}

// Menus are <details>, and so is why something is urgent: a click beside one or Escape closes it, and the keyboard comes back to its button.
export function closeMenus() {
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("details.menu[open]")) event.target.querySelectorAll("[data-filled-by]").forEach(fill);
  }, true);
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("details.sending__deed[open]")) place(event.target);
  }, true);
  const open = () => document.querySelectorAll("details:is(.menu, .urgency)[open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  // The views are a sheet on a phone, which a choice among them closes.
  document.addEventListener("click", (event) => event.target.closest(".rail:popover-open a")?.closest(".rail").hidePopover());
  document.addEventListener("keydown", pressed);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      const within = menu.contains(document.activeElement);
      menu.open = false;
      if (within) menu.querySelector("summary").focus();
    }
  });
  // Morphing keeps "open" as it is, so a menu that led to another page is closed here; and one in which something was chosen, unless it says
  // what is wrong with that.
  let chosenIn = null;
  const choose = (element) => (chosenIn = element?.closest(".menu__body")?.closest("details.menu") ?? null);
  document.addEventListener("submit", (event) => choose(event.submitter));
  document.addEventListener("click", (event) => event.target.closest(".menu__body a") && choose(event.target));
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (chosenIn && ctx?.target === document.body) {
      const within = chosenIn.contains(document.activeElement);
      chosenIn.open = chosenIn.querySelector('[aria-invalid="true"], .field__error') !== null;
      // What was sent later stands in the conversation; the composer, on a phone, folds before somebody taps what it would move.
      const home = chosenIn.closest(".composer") ? document.querySelector(".thread") : chosenIn.querySelector("summary");
      // What was typed there was for what is done.
      if (!chosenIn.open) chosenIn.querySelectorAll("form").forEach((form) => form.reset());
      if (within && !chosenIn.open) home?.focus({ preventScroll: true });
      chosenIn = null;
    }
    for (const menu of open()) if (!menu.contains(document.activeElement)) menu.open = false;
    // What came back with words about a mistake is taller.
    document.querySelectorAll("details.sending__deed[open]").forEach(place);
  });
}
