// How the mailboxes are, where they are on screen.
export async function refreshMailboxes(fetched) {
  const pane = document.querySelector("#mailboxes");
  const text = pane && (await fetched("/mailboxes/state"));
  if (!text || !pane.isConnected) return;
  await window.htmx.swap({ text, target: pane, sourceElement: pane, swap: "innerMorph ignoreTitle:true" });
}
