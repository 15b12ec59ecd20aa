// What the page on screen says of itself. It comes with each page that is gone to; attributes of the body stay those of the first.
export const page = () => document.querySelector("#page").dataset;

/** The shape of a page is a class of its body: it is taken over with what is in it. */
export function keepShape() {
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    const body = ctx?.target === document.body ? /<body class="([^"]*)"/.exec(ctx.text) : null;
    if (body) document.body.className = body[1];
  });
}
