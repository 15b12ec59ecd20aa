import { fetched, read } from "./part.js";

// What a menu leaves to be fetched, each time that it is opened. Until it is there, or where it cannot be fetched, a link leads to it.
async function fill(part) {
  const text = await fetched(part.dataset.filledBy);
  if (text === null || !part.isConnected) return;
  const within = part.contains(document.activeElement);
  part.replaceChildren(...read(text).body.childNodes);
  if (within) part.querySelector("button")?.focus();
  part.dispatchEvent(new Event("menu:filled", { bubbles: true }));
}

// Menus are <details>, and so is why something is urgent: a click beside one or Escape closes it, and the keyboard comes back to its button.
export function closeMenus() {
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("details.menu[open]")) event.target.querySelectorAll("[data-filled-by]").forEach(fill);
  }, true);
  const open = () => document.querySelectorAll("details:is(.menu, .urgency)[open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  // The views are a sheet on a phone, which a choice among them closes.
  document.addEventListener("click", (event) => event.target.closest(".rail:popover-open a")?.closest(".rail").hidePopover());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      const within = menu.contains(document.activeElement);
      menu.open = false;
      if (within) menu.querySelector("summary").focus();
    }
  });
  // Morphing keeps "open" as it is, so a menu that led to another page is closed here.
  document.addEventListener("htmx:after:swap", () => {
    for (const menu of open()) if (!menu.contains(document.activeElement)) menu.open = false;
  });
}
