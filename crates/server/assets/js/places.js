// "Back" fetches the page again; the panes come back to where they were scrolled.
const panes = ".list__body, .rail__views";

function remember() {
  const places = [...document.querySelectorAll(panes)].map((pane) => [pane.className, pane.scrollTop]);
  sessionStorage.setItem(`places ${location.pathname}${location.search}`, JSON.stringify(places));
}

function restore() {
  const stored = sessionStorage.getItem(`places ${location.pathname}${location.search}`);
  for (const [name, top] of JSON.parse(stored ?? "[]")) {
    for (const pane of document.querySelectorAll(panes)) if (pane.className === name) pane.scrollTop = top;
  }
}

export function keepPlaces() {
  let back = false;
  document.addEventListener("htmx:before:history:update", remember);
  document.addEventListener("htmx:before:history:restore", () => (back = true));
  document.addEventListener("htmx:after:swap", () => {
    if (back) restore();
    back = false;
  });
}
