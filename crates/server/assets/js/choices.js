// A choice that was made: what it led to is said.
import { toast } from "./toasts.js";

export function sayChoices() {
  let chosen = false;
  document.addEventListener("submit", ({ target }) => (chosen = target.matches(".choice, .choice__inputs")));
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (!chosen || ctx?.target !== document.body) return;
    chosen = false;
    const said = [...document.querySelectorAll(".step__summary")].at(-1)?.textContent;
    if (said && ctx.response?.status < 400) toast(said);
  });
}
