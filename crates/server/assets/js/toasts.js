// What failed is said at the bottom, beside what is shown; the page and what was written stay.
const lasts = 10_000;

export function toast(words) {
  const toasts = document.querySelector("#toasts");
  const item = document.createElement("div");
  item.className = "toast";
  item.append(words);
  const dismiss = document.createElement("button");
  dismiss.type = "button";
  dismiss.className = "button button--quiet";
  dismiss.textContent = toasts.dataset.dismiss;
  dismiss.addEventListener("click", () => item.remove());
  item.append(dismiss);
  toasts.replaceChildren(item);
  const leave = () => (item.matches(":hover, :focus-within") ? setTimeout(leave, 1000) : item.remove());
  setTimeout(leave, lasts);
}

export function reportFailures() {
  const words = () => document.querySelector("#toasts").dataset;
  document.addEventListener("htmx:response:error", (event) => {
    if (event.detail.ctx.response.status >= 500) toast(words().failed);
  });
  document.addEventListener("htmx:error", (event) => {
    if (!event.detail.ctx?.response) toast(words().offline);
  });
}
