// Whom a field may mean, offered by the browser's own list while somebody types.
import { fetched, read } from "./part.js";

const pause = 150;

export function offerPeople() {
  let timer;
  document.addEventListener("input", ({ target }) => {
    if (!target.dataset?.people) return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const typed = target.value;
      const text = typed.length < 2 ? "" : await fetched(`${target.dataset.people}?q=${encodeURIComponent(typed)}`);
      // Somebody has gone on typing: what comes then is asked for by itself.
      if (text !== null && target.value === typed) target.list.replaceChildren(...read(text).querySelectorAll("option"));
    }, pause);
  });
}
