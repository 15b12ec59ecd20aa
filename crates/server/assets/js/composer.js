// The composer: Ctrl/⌘ Enter sends, and what was written is kept in this browser until it is sent.
const wait = 300;

function drafted(field) {
  const form = field.closest?.("form[data-draft]");
  return form ? `draft ${form.dataset.draft}` : null;
}

// What the procedure suggests for a field, empty when it suggests nothing.
function suggestedFor(field) {
  return document.querySelector(`[data-suggested-for="${CSS.escape(field.id)}"]`)?.dataset.suggested ?? "";
}

// Where somebody else than the requester can be chosen.
const addressee = (field) => field.form.querySelector("[data-addressee]");

// A field in which nobody has written anything of their own holds what was kept of theirs, else the suggestion.
function fill(root) {
  for (const field of root.querySelectorAll("form[data-draft] textarea")) {
    const before = field.dataset.suggested ?? "";
    const suggested = suggestedFor(field);
    field.dataset.suggested = suggested;
    if (!["", before, suggested].includes(field.value) || addressee(field)?.value) continue;
    field.value = localStorage.getItem(drafted(field)) ?? suggested;
  }
}

// A draft is for the requester: whoever turns to somebody else begins with an empty field, unless it holds words of their own.
function chooseAddressee() {
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("[data-addressee]")) return;
    const field = event.target.form.querySelector("textarea");
    const suggested = suggestedFor(field);
    if (!suggested) return;
    if (event.target.value && field.value === suggested) field.value = "";
    else if (!event.target.value && field.value === "") field.value = suggested;
  });
}

export function keepDrafts() {
  chooseAddressee();
  let timer;
  document.addEventListener("input", (event) => {
    const key = drafted(event.target);
    if (!key) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (event.target.value) localStorage.setItem(key, event.target.value);
      else localStorage.removeItem(key);
    }, wait);
  });
  // The text field is left alone by morphing, so it is emptied here once what it held has been taken.
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    const form = ctx.sourceElement?.closest?.("form[data-draft]");
    if (!form || !ctx.response || ctx.response.status >= 400) return;
    clearTimeout(timer);
    const field = form.querySelector("textarea");
    localStorage.removeItem(drafted(field));
    field.value = "";
    if (addressee(field)) addressee(field).selectedIndex = 0;
  });
  document.addEventListener("htmx:after:swap", () => fill(document));
  fill(document);
}

export function sendWithKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const form = event.target.closest("form.composer");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  });
}
