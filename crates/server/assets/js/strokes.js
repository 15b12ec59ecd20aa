// Menus of the composer that a stroke opens: they have a search, and what is chosen goes where the cursor is.
import { fieldOf, formOf, kindOf } from "./composer.js";

const search = (menu) => menu.querySelector("[data-filter]");

/**
 * One such menu: where it is (`menu`), what its entries are called (`name`), the `stroke` that opens it where `begins` says so of the text
 * before the cursor, in which `kind` of text (in each without one), and what is done with what is `chosen`. What cannot be meant by any
 * entry is given back to the text where the menu `gives` it, as Escape always does.
 */
export function offerByStroke({ menu: selector, name, stroke, begins, kind, gives, chosen }) {
  const menuOf = (form) => form?.querySelector(selector);
  const all = (menu) => [...menu.querySelectorAll(`[name="${name}"]`)];
  const shown = (menu) => all(menu).filter((button) => !button.hidden);

  function filter(menu) {
    const wanted = search(menu).value.trim().toLocaleLowerCase();
    for (const button of all(menu)) button.hidden = !button.textContent.toLocaleLowerCase().includes(wanted);
    const nothing = menu.dataset.filled !== undefined && shown(menu).length === 0;
    menu.querySelector("[data-none]").hidden = !nothing;
    if (nothing && gives && menu.dataset.stroke !== undefined) giveUp(formOf(menu), menu);
  }

  function begin(menu) {
    search(menu).hidden = false;
    search(menu).value = "";
    search(menu).focus();
    filter(menu);
  }

  function end(menu) {
    menu.open = false;
    delete menu.dataset.stroke;
    delete menu.dataset.enter;
  }

  function move(menu, by) {
    const buttons = shown(menu);
    const next = buttons.indexOf(document.activeElement) + by;
    if (next < 0) search(menu).focus();
    else buttons[Math.min(next, buttons.length - 1)]?.focus();
  }

  // Whoever wanted the stroke itself gets it by Escape, with what was typed behind it.
  function giveUp(form, menu) {
    const typed = menu.dataset.stroke === undefined ? "" : stroke + search(menu).value;
    end(menu);
    const field = fieldOf(form);
    field.focus();
    if (typed === "") return;
    field.setRangeText(typed, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function pressed(event) {
    const form = formOf(event.target);
    const menu = menuOf(form);
    if (!menu) return;
    if (event.target === fieldOf(form)) {
      const before = event.target.value.slice(0, event.target.selectionStart);
      if (event.key !== stroke || event.isComposing || (kind && kindOf(form) !== kind) || !begins(before)) return;
      event.preventDefault();
      menu.dataset.stroke = "";
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
      } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        // It sends: what was typed here belongs to the text, whether anybody is called so or the list is still on its way.
        giveUp(form, menu);
      } else if (event.key === "Enter" && event.target === search(menu)) {
        event.preventDefault();
        // Whoever types faster than they come gets the first of them when they are there.
        if (menu.dataset.filled === undefined) menu.dataset.enter = "";
        else shown(menu)[0]?.click();
      }
    }
  }

  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.(selector)) return;
    if (!event.target.open) end(event.target);
    else if (event.target.dataset.stroke === undefined) begin(event.target);
  }, true);
  document.addEventListener("menu:filled", ({ target }) => {
    const menu = target.closest(selector);
    if (!menu) return;
    menu.dataset.filled = "";
    filter(menu);
    if (menu.open && menu.dataset.enter !== undefined) shown(menu)[0]?.click();
    delete menu.dataset.enter;
  });
  document.addEventListener("input", (event) => {
    const menu = event.target.matches?.("[data-filter]") && event.target.closest(selector);
    if (menu) filter(menu);
  });
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(`${selector} [name="${name}"]`);
    if (!button) return;
    event.preventDefault();
    const form = formOf(button);
    await chosen(form, button.value);
    end(menuOf(form));
  });
}
