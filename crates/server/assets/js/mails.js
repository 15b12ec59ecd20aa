// The mail catcher's list: what it catches while somebody looks at its first page stands there at once.
export async function refreshMails(fetched) {
  const pane = document.querySelector("#mails[data-first]");
  const text = pane && (await fetched(pane.dataset.list));
  if (!text || !pane.isConnected) return;
  await window.htmx.swap({ text, target: pane, sourceElement: pane, swap: "innerMorph ignoreTitle:true" });
}
