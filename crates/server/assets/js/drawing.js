// The drawing of a procedure is fetched when somebody unfolds it, and again when the ticket has moved. The state that the
// ticket is in, else where tickets begin, is brought into view inside the drawing's own box; the page stays where it is.
import { fetched, read } from "./part.js";

async function draw(map) {
  const sheet = map.querySelector("[data-drawing]");
  const version = document.querySelector("main[data-ticket]")?.dataset.version ?? "";
  if (!sheet || sheet.dataset.shown === version) return;
  sheet.dataset.shown = version;
  const text = await fetched(sheet.dataset.drawing);
  if (text === null) return delete sheet.dataset.shown;
  const fresh = read(text).querySelector("svg");
  if (!fresh || !sheet.isConnected) return;
  sheet.replaceChildren(fresh);
  centre(sheet);
}

export function centre(sheet) {
  const here = (sheet.querySelector(".is-here") ?? sheet.querySelector(".drawing-start"))?.getBoundingClientRect();
  if (!here) return;
  const box = sheet.getBoundingClientRect();
  sheet.scrollLeft += here.left + here.width / 2 - box.left - box.width / 2;
  sheet.scrollTop += here.top + here.height / 2 - box.top - box.height / 2;
}

export function showDrawings() {
  const open = () => document.querySelectorAll("details.map[open]");
  document.addEventListener("toggle", () => open().forEach(draw), true);
  document.addEventListener("htmx:after:swap", () => open().forEach(draw));
}
