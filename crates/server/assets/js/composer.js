// The composer: what belongs to which of its two kinds, and Ctrl/⌘ Enter, which sends.
export const forms = () => document.querySelectorAll("form[data-draft]");
export const formOf = (element) => element.closest?.("form[data-draft]") ?? null;
export const fieldOf = (form) => form.querySelector("textarea");
export const kindOf = (form) => form.querySelector('[name="kind"]:checked')?.value ?? "reply";
export const addresseeOf = (form) => form.querySelector("[data-addressee]");
export const filesOf = (form, kind) => form.querySelector(`[data-files="${kind}"]`);

/** A dot beside a kind says that something is kept of it. */
export function markKept(form) {
  for (const mark of form.querySelectorAll("[data-kept]")) {
    const kind = mark.dataset.kept;
    mark.hidden = !form.dataset[kind] && filesOf(form, kind).childElementCount === 0;
  }
}

/** Puts words where the cursor is, on lines of their own, as if they had been typed. */
export function insert(form, words) {
  const field = fieldOf(form);
  const before = field.value.slice(0, field.selectionStart);
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  field.focus();
  field.setRangeText(gap + words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// What somebody's own reply became when it left is nothing that crosses with their next one: they have seen it.
function passOwn() {
  for (const form of forms()) {
    const seen = form.querySelector('[name="seen"]');
    for (const message of document.querySelectorAll("[data-said]")) {
      if (seen.value && BigInt(message.dataset.said) <= BigInt(seen.value)) continue;
      if (!("own" in message.dataset)) break;
      seen.value = message.dataset.said;
    }
  }
}

export function sendWithKeys() {
  document.addEventListener("htmx:after:swap", passOwn);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const form = event.target.closest("form.composer");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  });
}
