// What waits for the viewer: how many there are, beside their views, and the lists themselves where they are on screen.
import { refreshPane } from "./panes.js";
import { fetched } from "./part.js";

async function refreshCount(places, address) {
  if (document.querySelectorAll(places).length === 0) return;
  const count = await fetched(address);
  for (const place of count === null ? [] : document.querySelectorAll(places)) {
    place.textContent = count;
    place.hidden = count === "0";
  }
}

export async function refreshQuestions() {
  await refreshCount("[data-questions]", "/questions/count");
  await refreshPane("#questions");
}

export async function refreshNotices() {
  await refreshCount("[data-notices]", "/notifications/count");
  await refreshPane("#notices[data-first]");
}

export async function refreshKept() {
  await refreshCount("[data-kept]", "/kept/count");
  await refreshPane("#kept[data-first]");
}
