// What was done, or failed, is said at the bottom, beside what is shown; the page and what was written stay.
const lasts = 10_000;
let undoing = null;

const words = () => document.querySelector("#toasts").dataset;

function button(label, press) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button button--quiet";
  element.textContent = label;
  element.addEventListener("click", press);
  return element;
}

/**
 * Says something; with `undo`, a function, it offers to take it back, where that ends for so many milliseconds. It waits while somebody
 * is at it; what it answers takes it away, and with `ends` what it offers.
 */
export function toast(said, undo = null, ends = null) {
  const item = document.createElement("div");
  item.className = "toast";
  const text = document.createElement("span");
  text.className = "toast__text";
  text.textContent = said;
  item.append(text);
  undoing = undo;
  const takeBack = () => {
    item.remove();
    undoLast();
  };
  if (undo) item.append(button(words().undo, takeBack));
  item.append(button(words().dismiss, () => item.remove()));
  document.querySelector("#toast").replaceChildren(item);
  const close = () => {
    item.remove();
    if (ends !== null && undoing === undo) undoing = null;
  };
  const leave = () => (ends === null && item.matches(":hover, :focus-within") ? setTimeout(leave, 1000) : close());
  setTimeout(leave, ends ?? lasts);
  return close;
}

/** Takes back what was done last on this page, once; also after its words have gone. */
export function undoLast() {
  const undo = undoing;
  undoing = null;
  undo?.();
}

export function reportFailures() {
  document.addEventListener("htmx:response:error", (event) => {
    if (event.detail.ctx.response.status >= 500) toast(words().failed);
  });
  document.addEventListener("htmx:error", (event) => {
    if (!event.detail.ctx?.response) toast(words().offline);
  });
}
