// What the page on screen says of itself. It comes with each page that is gone to; attributes of the body stay those of the first.
export const page = () => document.querySelector("#page").dataset;
