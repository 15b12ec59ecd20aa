// The sheet of all keys.
import { fetched, read } from "./part.js";

const sheet = () => document.querySelector("#keys");

export async function showKeys() {
  const dialog = sheet();
  if (!dialog || dialog.open) return;
  const text = await fetched("/keys/list");
  if (text === null || dialog.open) return;
  const body = dialog.querySelector("#keys-body");
  body.replaceChildren(...[...read(text).body.childNodes].map((node) => document.importNode(node, true)));
  dialog.showModal();
}

export function closeSheets() {
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-close]") || event.target === sheet()) event.target.closest("dialog").close();
  });
}
