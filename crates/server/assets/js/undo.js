// A reply that was sent can be taken back for some seconds: a toast offers it on every page, and the same button stands in the
// conversation. What was taken back is in the composer again, where its writer goes on.
import { forms } from "./composer.js";
import { toast } from "./toasts.js";

const button = (id) => document.querySelector(`#sending-${CSS.escape(id)} [data-take-back]`);
const openTicket = () => document.querySelector("main[data-ticket]")?.dataset.ticket;

// From another page: it is taken back, and its ticket opened, where its words are.
async function takeBack({ id, ticket }) {
  const { csrf, failed } = document.querySelector("#toasts").dataset;
  const request = { method: "POST", body: new URLSearchParams({ csrf }), redirect: "manual" };
  const answer = await fetch(`/tickets/${ticket}/sendings/${id}/withdrawal`, request).catch(() => null);
  if (answer?.type === "opaqueredirect") location.assign(`/tickets/${ticket}`);
  else toast(failed);
}

export function offerUndo() {
  let offered = null;
  let taken = false;
  const look = () => {
    // It left, or was taken back. From elsewhere only the time tells.
    if (offered && openTicket() === offered.ticket && !button(offered.id)) {
      offered.close();
      offered = null;
    }
    const newest = [...document.querySelectorAll("[data-briefly]")].at(-1);
    if (newest && newest.dataset.briefly !== offered?.id) {
      const sending = { id: newest.dataset.briefly, ticket: openTicket() };
      const undo = () => (button(sending.id) ? button(sending.id).click() : takeBack(sending));
      const words = newest.querySelector(".delivery").textContent;
      offered = { ...sending, close: toast(words, undo, Number(newest.dataset.left) * 1000) };
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

// A view that was removed can be brought back: what the page says of it becomes a toast, and its address forgets it.
export function offerView() {
  const look = () => {
    const form = document.querySelector("form[data-restore]");
    if (!form) return;
    const said = form.querySelector("[role=status]").textContent;
    form.remove();
    const here = new URL(location.href);
    for (const name of ["removed", "list", "with"]) here.searchParams.delete(name);
    history.replaceState(history.state, "", here);
    toast(said, () => {
      form.hidden = true;
      document.body.append(form);
      form.submit();
    });
  };
  document.addEventListener("htmx:after:swap", look);
  look();
}
