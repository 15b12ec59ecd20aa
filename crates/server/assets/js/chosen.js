// Fields that depend on what was chosen before them: those of another choice take their place, and what was entered there already
// comes back with them.
import { fetched, read } from "./part.js";

const left = new WeakMap();

async function turn(place, name, value) {
  const { of } = place.dataset;
  if (of === value) return;
  if (!left.has(place)) left.set(place, new Map());
  left.get(place).set(of, [...place.childNodes]);
  place.dataset.of = value;
  let fields = left.get(place).get(value);
  if (!fields) {
    place.replaceChildren();
    const text = await fetched(`${place.dataset.fields}?${new URLSearchParams({ [name]: value })}`);
    if (text === null) return;
    fields = [...read(text).body.childNodes];
  }
  // Somebody may have chosen again meanwhile.
  if (place.dataset.of === value) place.replaceChildren(...fields);
}

export function askByChoice() {
  document.addEventListener("change", ({ target }) => {
    const place = target.name && target.form?.querySelector(`[data-chosen-by="${CSS.escape(target.name)}"]`);
    if (place) turn(place, target.name, target.value);
  });
}
