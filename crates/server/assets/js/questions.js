// Questions to the viewer: how many there are, beside their view, and the list itself where it is on screen.
import { refreshPane } from "./panes.js";

export async function refreshQuestions(fetched) {
  if (document.querySelectorAll("[data-questions]").length === 0) return;
  const count = await fetched("/questions/count");
  for (const place of count === null ? [] : document.querySelectorAll("[data-questions]")) {
    place.textContent = count;
    place.hidden = count === "0";
  }
  await refreshPane("#questions", fetched);
}
