// The theme button turns the theme without a new page; without scripts its form does.
const order = ["system", "light", "dark"];

export function turnTheme() {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".js-theme");
    if (!form) return;
    event.preventDefault();
    const root = document.documentElement;
    const theme = order[(order.indexOf(root.dataset.theme) + 1) % order.length];
    root.dataset.theme = theme;
    document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
    for (const button of document.querySelectorAll(".js-theme button")) {
      button.title = button.dataset[theme];
      button.value = order[(order.indexOf(theme) + 1) % order.length];
      button.querySelector(".visually-hidden").textContent = button.dataset[theme];
    }
  });
}
