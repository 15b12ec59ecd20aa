// What had the focus may be gone after a change: a button whose work is done, a row, a whole ticket. Then what is nearest to it has it, never
// nothing: the same place, the menu that it was in, the pane around it, the row of the ticket that was left, or else the page's own content.
const openTicket = () => document.querySelector("main[data-ticket]")?.dataset.ticket ?? null;
export const lost = () => !document.activeElement || document.activeElement === document.body;

// Where an element is, by the names of what it is in, innermost first.
function trail(element) {
  const names = [];
  for (let at = element; at && at !== document.body; at = at.parentElement) if (at.id) names.push(at.id);
  return names;
}

function focusable(element) {
  if (!element || !element.checkVisibility()) return null;
  if (element.matches("details")) return element.querySelector("summary");
  if (element.matches(".row")) return element.querySelector(".row__link");
  return element.matches("a[href], button:enabled, input:enabled:not([type=hidden]), select, textarea, summary, [tabindex]") ? element : null;
}

function heir(names, left) {
  const [own, ...around] = names;
  const row = left === null ? null : document.getElementById(`row-${left}`);
  const places = [document.getElementById(own), row, ...around.map((name) => document.getElementById(name)), document.querySelector("#main")];
  return places.map(focusable).find(Boolean);
}

export function keepFocus() {
  let before = null;
  document.addEventListener("htmx:before:swap", () => {
    before = { names: lost() ? null : trail(document.activeElement), ticket: openTicket() };
  });
  document.addEventListener("htmx:after:swap", () => {
    const { names, ticket } = before ?? {};
    before = null;
    // Whoever goes back to a list goes on from the ticket that they left.
    const left = ticket && openTicket() !== ticket ? ticket : null;
    if (!lost() || (!names && !left)) return;
    const to = names ? heir(names, openTicket() ? null : left) : focusable(document.getElementById(`row-${left}`));
    to?.focus({ preventScroll: !to.matches(".row__link") });
  });
}
