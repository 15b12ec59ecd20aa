// The details of a ticket are a drawer where there is no room beside it. Without scripts its link opens it by :target.

export function openDrawer() {
  const drawer = () => document.querySelector("#context");
  const opener = () => document.querySelector('[data-drawer="open"]');
  const close = () => {
    drawer().classList.remove("is-open");
    opener()?.focus();
  };
  document.addEventListener("click", (event) => {
    const control = event.target.closest("[data-drawer]");
    if (!control || !drawer()) return;
    event.preventDefault();
    if (control.dataset.drawer === "close") return close();
    drawer().classList.add("is-open");
    drawer().focus();
  });
  document.addEventListener("keydown", (event) => {
    if (!drawer()) return;
    if (event.key === "Escape" && drawer().classList.contains("is-open")) close();
  });
}
