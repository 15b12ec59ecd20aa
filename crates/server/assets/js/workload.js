// The workload changes with the tickets behind it.
export async function refreshWorkload(fetched) {
  const pane = document.querySelector("#workload");
  const text = pane && (await fetched(`/workload/figures${location.search}`));
  if (!text || !pane.isConnected) return;
  await window.htmx.swap({ text, target: pane, sourceElement: pane, swap: "innerMorph ignoreTitle:true" });
}
