// A reply that was sent can be taken back for some seconds: a toast offers it, and the same button stands in the conversation. What was
// taken back is in the composer again, where its writer goes on.
import { forms } from "./composer.js";
import { toast } from "./toasts.js";

const button = (id) => document.querySelector(`#sending-${CSS.escape(id)} [data-take-back]`);

export function offerUndo() {
  let offered = null;
  let close = () => {};
  let taken = false;
  const look = () => {
    if (offered && !button(offered)) {
      close();
      offered = null;
    }
    const newest = [...document.querySelectorAll("[data-briefly]")].at(-1);
    if (newest && newest.dataset.briefly !== offered) {
      const id = newest.dataset.briefly;
      offered = id;
      const words = newest.querySelector(".delivery").textContent;
      close = toast(words, () => button(id)?.click());
    }
    if (!taken) return;
    taken = false;
    for (const form of forms()) {
      form.querySelector('[name="kind"][value="reply"]').click();
      form.querySelector("textarea").focus();
    }
  };
  document.addEventListener("click", (event) => (taken ||= Boolean(event.target.closest?.("[data-take-back]"))));
  document.addEventListener("htmx:after:swap", look);
  look();
}
