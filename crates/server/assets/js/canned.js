// Canned replies: a menu with a search, which "/" at the start of a line opens too.
import { addresseeOf, insert } from "./composer.js";
import { offerByStroke } from "./strokes.js";
import { toast } from "./toasts.js";

async function choose(form, name) {
  const to = addresseeOf(form)?.value ?? "";
  const address = `/tickets/${form.dataset.draft}/canned/${encodeURIComponent(name)}?to=${encodeURIComponent(to)}`;
  const answer = await fetch(address).catch(() => null);
  const words = await answer?.text();
  if (answer?.ok) insert(form, words);
  else toast(words || form.dataset.failed);
}

export function offerCanned() {
  offerByStroke({ menu: ".composer__canned", name: "canned", stroke: "/", begins: (before) => before === "" || before.endsWith("\n"), chosen: choose });
}
