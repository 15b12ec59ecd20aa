// Questions to the viewer: how many there are, beside their view, and the list itself where it is on screen.
export async function refreshQuestions(fetched) {
  const pane = document.querySelector("#questions");
  const places = document.querySelectorAll("[data-questions]");
  if (places.length === 0) return;
  const count = await fetched("/questions/count");
  const text = pane && (await fetched(`/questions/list${location.search}`));
  for (const place of count === null ? [] : document.querySelectorAll("[data-questions]")) {
    place.textContent = count;
    place.hidden = count === "0";
  }
  if (!text || !pane.isConnected) return;
  await window.htmx.swap({ text, target: pane, sourceElement: pane, swap: "innerMorph ignoreTitle:true" });
}
