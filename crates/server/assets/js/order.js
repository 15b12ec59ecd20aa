// Answers come in any order: one to something that was done before what is on screen by now was asked for is not shown in its place. What
// was done is done; its rows and panes follow by the news.
export function keepOrder() {
  const begun = new WeakMap();
  let [last, shown] = [0, 0];
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => begun.set(ctx, (last += 1)));
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    const at = begun.get(ctx);
    if (ctx?.target !== document.body || at === undefined) return;
    if (at < shown) event.preventDefault();
    else shown = at;
  });
}
