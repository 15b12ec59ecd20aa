// A conversation opens at its end, and follows it only while its reader is there.
const near = 100;

export const thread = () => document.querySelector(".thread");

export function atTheEnd() {
  const pane = thread();
  return !pane || pane.scrollHeight - pane.scrollTop - pane.clientHeight < near;
}

export function toTheEnd() {
  const pane = thread();
  if (pane) pane.scrollTop = pane.scrollHeight;
  const latest = document.querySelector("#latest");
  if (latest) latest.hidden = true;
}

export function startAtTheEnd() {
  let shown = null;
  const begin = () => {
    if (thread()?.id === shown) return;
    shown = thread()?.id;
    toTheEnd();
  };
  // What is swapped in because of something done here (a reply, a choice) is what its reader waits for.
  let follows = true;
  // Earlier messages come in above: what is being read stays where it is.
  let below = null;
  document.addEventListener("htmx:before:swap", (event) => {
    const source = event.detail.ctx?.sourceElement;
    const above = Boolean(source?.closest?.("[data-earlier]"));
    follows = !above && (atTheEnd() || Boolean(source?.closest?.(".dock")));
    below = above ? (below ?? thread().scrollHeight - thread().scrollTop) : null;
  });
  document.addEventListener("htmx:after:swap", () => {
    begin();
    if (follows) toTheEnd();
    else if (below !== null) thread().scrollTop = thread().scrollHeight - below;
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#latest")) toTheEnd();
  });
  begin();
}
