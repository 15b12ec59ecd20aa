// What is done to tickets beside their procedures: the page stays, a toast says what came of it and offers to undo it.
import { refreshAll, ticketOf } from "./live.js";
import { read } from "./part.js";
import { selectNone, selected } from "./selection.js";
import { toast } from "./toasts.js";

const csrf = () => document.querySelector("#toasts").dataset.csrf;

// What went wrong, as the page of a failure says it.
async function fault(answer) {
  const text = await answer?.text().catch(() => "");
  const page = read(text ?? "");
  const said = page.querySelector("main .lead")?.textContent.trim() || page.querySelector("main h1")?.textContent.trim();
  return said || document.querySelector("#toasts").dataset.failed;
}

async function send(address, fields) {
  fields.append("answer", "json");
  const answer = await fetch(address, { method: "POST", body: fields }).catch(() => null);
  if (!answer?.ok) return toast(await fault(answer));
  const { words, undo, refused } = await answer.json();
  const back = () => send(`/tickets/bulk/${undo}/undo`, new URLSearchParams({ csrf: csrf() }));
  const why = [...new Set(refused)].slice(0, 3);
  toast([words, ...why].join(" · "), undo ? back : null);
  document.querySelector("#announcer").textContent = words;
  await refreshAll();
}

/** What a key or the palette is about: what is selected, else the open ticket, else the row that has the focus. */
export function about() {
  const chosen = selected();
  if (chosen.length > 0) return chosen;
  const open = document.querySelector("main[data-ticket]")?.dataset.ticket;
  const row = document.activeElement.closest?.(".row[data-version]");
  const id = open ?? (row && ticketOf(row));
  return id ? [id] : [];
}

/** Does something to them. */
export async function act(deed) {
  const tickets = about();
  if (tickets.length === 0) return;
  const form = document.querySelector("#bulk");
  const isSelection = selected().length > 0;
  const fields = isSelection && form ? new URLSearchParams(new FormData(form)) : new URLSearchParams({ csrf: csrf() });
  if (!isSelection || !form) for (const id of tickets) fields.append("ticket", id);
  fields.delete("do");
  fields.append("do", deed);
  if (isSelection) selectNone();
  await send("/tickets/bulk", fields);
}

export function doDeeds() {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-deeds]");
    // A button that leads to a page of its own, as long as nothing better stands in its place.
    if (!form || event.submitter?.dataset.leads !== undefined) return;
    event.preventDefault();
    const fields = new URLSearchParams(new FormData(form, event.submitter));
    for (const menu of form.querySelectorAll("details[open]")) {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
    // The bar goes: the list has the focus.
    if (form.id === "bulk") document.querySelector(".row.is-chosen .row__link")?.focus({ preventScroll: true });
    if (form.id === "bulk") selectNone();
    for (const input of form.querySelectorAll('[name="tag"], [name="until"]')) input.value = "";
    send(form.getAttribute("action"), fields);
  });
  // Enter in a field presses the button beside it.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches?.("form[data-deeds] .menu__line input")) return;
    event.preventDefault();
    event.target.parentElement.querySelector("button").click();
  });
}
