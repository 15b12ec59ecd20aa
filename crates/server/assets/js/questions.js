// What waits for the viewer: how many there are, beside their views, and the lists themselves where they are on screen.
import { refreshPane } from "./panes.js";

async function refreshCount(places, address, fetched) {
  if (document.querySelectorAll(places).length === 0) return;
  const count = await fetched(address);
  for (const place of count === null ? [] : document.querySelectorAll(places)) {
    place.textContent = count;
    place.hidden = count === "0";
  }
}

export async function refreshQuestions(fetched) {
  await refreshCount("[data-questions]", "/questions/count", fetched);
  await refreshPane("#questions", fetched);
}

export async function refreshKept(fetched) {
  await refreshCount("[data-kept]", "/kept/count", fetched);
  await refreshPane("#kept[data-first]", fetched);
}
