// Merging: a ticket that looks like this one fills in the form, and what was merged a moment ago can be taken apart again.
import { toast } from "./toasts.js";

let merging = null;

function fillIn(event) {
  const button = event.target.closest?.("[data-merge-into]");
  const form = button && document.querySelector('form.together[action$="/merge"]');
  if (!form) return;
  form.closest("details").open = true;
  const number = form.querySelector('[name="number"]');
  number.value = button.dataset.mergeInto;
  number.focus();
}

function offer() {
  const apart = merging && document.querySelector(`[data-merged="${CSS.escape(merging)}"]`);
  if (!apart) return;
  const id = merging;
  merging = null;
  toast(apart.dataset.words, () => document.querySelector(`[data-merged="${CSS.escape(id)}"]`)?.requestSubmit());
}

export function offerMerging() {
  document.addEventListener("click", fillIn);
  document.addEventListener("submit", (event) => {
    merging = event.target.getAttribute?.("action")?.match(/^\/tickets\/(\d+)\/merge$/)?.[1] ?? merging;
  });
  document.addEventListener("htmx:after:swap", offer);
}
