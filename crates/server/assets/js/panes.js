// Panes that are fetched anew as wholes where they are on screen, each from an address of its own.
import { fetched } from "./part.js";

const addresses = {
  "#notices[data-first]": () => "/notifications/list",
  "#questions": () => `/questions/list${location.search}`,
  // What the mail catcher catches while somebody looks at its first page stands there at once.
  "#mails[data-first]": (pane) => pane.dataset.list,
  "#kept[data-first]": () => "/kept/list",
  "#mailboxes": () => "/mailboxes/state",
  "#today": () => `/today/parts${location.search}`,
  "#workload": () => `/workload/figures${location.search}`,
};

export async function refreshPane(selector) {
  const pane = document.querySelector(selector);
  const text = pane && (await fetched(addresses[selector](pane)));
  if (!text || !pane.isConnected) return;
  await window.htmx.swap({ text, target: pane, sourceElement: pane, swap: "innerMorph ignoreTitle:true" });
}
