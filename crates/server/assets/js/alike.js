// What stands beside a ticket and takes longer to find: earlier tickets of the same people, and those that look like it.
import { fetched, read } from "./part.js";

let shown = null;

async function look() {
  const pane = document.querySelector("[data-alike]");
  if (!pane || pane.id === shown) return;
  shown = pane.id;
  const text = await fetched(pane.dataset.alike);
  if (text === null || !pane.isConnected) return;
  const fresh = read(text).body;
  if (fresh.childElementCount > 0) pane.replaceChildren(...fresh.childNodes);
}

export function showAlike() {
  document.addEventListener("htmx:after:swap", look);
  look();
}
