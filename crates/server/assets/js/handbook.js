// The handbook: what is written in the editor is kept and checked a moment later, stories are gone through by a slider, and the
// scenarios that are being played are looked at until they are over.
import { centre } from "./drawing.js";
import { fetched, read } from "./part.js";

const pause = 600;
let timer;
let asking;
let again = false;

const editor = () => document.querySelector("form[data-editor]");
const changed = (form) => form.elements.text.value !== (form.kept ?? form.elements.text.defaultValue);

function say(form, what) {
  form.querySelector(".editor__state").textContent = what ? form.querySelector(".editor__state").dataset[what] : "";
}

function number(form) {
  const lines = form.querySelector(".editor__lines");
  const count = form.elements.text.value.split("\n").length;
  while (lines.children.length > count) lines.lastChild.remove();
  while (lines.children.length < count) {
    const line = document.createElement("span");
    line.textContent = lines.children.length + 1;
    line.id = `L${line.textContent}`;
    lines.append(line);
  }
  form.elements.text.rows = count;
}

function mark(form) {
  const wrong = new Set([...document.querySelectorAll(".finding--error [data-line]")].map((link) => link.dataset.line));
  [...form.querySelectorAll(".editor__lines span")].forEach((line, place) => line.classList.toggle("has-error", wrong.has(String(place + 1))));
}

// One at a time: what is written while the desk answers is sent afterwards, with the mark of what it has by then. What another window
// crossed is kept by the button alone, knowingly.
async function keep(form) {
  if (form.crossed) return;
  if (asking) return (again = true);
  const text = form.elements.text.value;
  const fields = new URLSearchParams(["csrf", "base", "file", "was"].map((name) => [name, form.elements[name].value]));
  fields.set("text", text);
  say(form, "saving");
  asking = fetch(form.dataset.editor, { method: "POST", body: fields }).catch(() => null);
  const answer = await asking;
  const fresh = answer && read(await answer.text()).querySelector("#verdict");
  asking = null;
  if (!fresh) say(form, "away");
  else if (answer.ok) {
    form.elements.was.value = fresh.dataset.was;
    form.kept = text;
  } else if (answer.status === 409) form.crossed = fresh.dataset.was;
  if (fresh && form.isConnected) show(form, fresh, answer.ok);
  if (answer?.ok && "unchanged" in form.dataset) dress(form);
  const more = again;
  again = false;
  if (more && changed(form)) keep(form);
}

function show(form, fresh, isKept) {
  say(form, isKept ? "kept" : "");
  swap(fresh);
  const count = form.querySelector(".editor__count");
  count.textContent = document.querySelector("#verdict [data-sum]").dataset.sum;
  count.hidden = !count.textContent;
  mark(form);
}

// The drawing stays where it was scrolled, and a list that was unfolded stays so.
function swap(fresh) {
  const shown = document.querySelector("#verdict");
  const [old, next] = [shown, fresh].map((verdict) => verdict.querySelector("[data-sheet]"));
  const place = old && [old.scrollLeft, old.scrollTop];
  if (shown.querySelector("#states")?.open) fresh.querySelector("#states")?.setAttribute("open", "");
  shown.replaceWith(fresh);
  if (place && next) [next.scrollLeft, next.scrollTop] = place;
}

// The first change to a file makes a draft, or one more file of it: what stands around the text says so too.
async function dress(form) {
  delete form.dataset.unchanged;
  const text = await fetched(`/handbook/draft?${new URLSearchParams({ file: form.elements.file.value })}`);
  if (text === null) return (form.dataset.unchanged = "");
  if (!form.isConnected) return;
  const fresh = read(text);
  for (const part of [".handbook__head", ".handbook__side", ".handbook__bar"]) {
    const shown = document.querySelector(part);
    // Whoever is in it already keeps their place.
    if (!shown.contains(document.activeElement)) shown.replaceWith(fresh.querySelector(part));
  }
}

function goTo(line) {
  const form = editor();
  const field = form.elements.text;
  const lines = field.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  form.querySelectorAll(".editor__lines span")[line - 1]?.scrollIntoView({ block: "center" });
}

let wanted = null;

async function step(form, to) {
  wanted = to;
  const query = new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "step"));
  query.set("step", to);
  const text = await fetched(`${form.dataset.slider}?${query}`);
  if (wanted !== to || text === null || !form.isConnected) return;
  const fresh = read(text).querySelector("#shot");
  const focused = document.activeElement;
  const held = focused?.closest("#shot") && (focused.matches('[type="range"]') ? '[type="range"]' : focused.dataset.step && `[data-step="${focused.dataset.step}"]`);
  if (document.querySelector("#shot #states")?.open) fresh.querySelector("#states")?.setAttribute("open", "");
  document.querySelector("#shot").replaceWith(fresh);
  if (held) (fresh.querySelector(held) ?? fresh.querySelector('[type="range"]')).focus({ preventScroll: true });
  for (const link of document.querySelectorAll(".rehearsal__step")) {
    link.toggleAttribute("aria-current", link.dataset.number === String(to));
    if (link.hasAttribute("aria-current")) {
      link.setAttribute("aria-current", "step");
      link.scrollIntoView({ block: "nearest" });
    }
  }
  history.replaceState(history.state, "", `/handbook/rehearsal?${query}`);
  showStart();
}

function showStart() {
  const sheet = document.querySelector("[data-sheet]");
  if (sheet) centre(sheet);
}

let watching = false;

async function watch() {
  if (watching) return;
  watching = true;
  for (let trial; (trial = document.querySelector("[data-trial]")); ) {
    const text = await fetched(trial.dataset.trial);
    const fresh = text === null ? null : read(text).querySelector("#trial");
    if (fresh && trial.isConnected) {
      const focused = trial.contains(document.activeElement) && document.activeElement.getAttribute("href");
      trial.replaceWith(fresh);
      if (focused) fresh.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
    }
    await new Promise((resolve) => setTimeout(resolve, 700));
  }
  watching = false;
}

function begin() {
  const form = editor();
  if (form) mark(form);
  showStart();
  watch();
}

export function readHandbooks() {
  document.documentElement.classList.add("has-scripts");
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-editor]");
    if (form) {
      number(form);
      say(form, "");
      clearTimeout(timer);
      timer = setTimeout(() => changed(form) && keep(form), pause);
    }
    const slider = event.target.closest?.("form[data-slider]");
    if (slider) step(slider, event.target.value);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-line]");
    if (link && editor()) {
      event.preventDefault();
      goTo(Number(link.dataset.line));
    }
    const by = event.target.closest?.("[data-step]");
    if (by && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      event.stopPropagation();
      const form = by.closest("form");
      step(form, Number(form.elements.step.value) + Number(by.dataset.step));
    }
  }, true);
  // What was just written is kept before the page is left by its own links.
  document.addEventListener("htmx:before:request", () => {
    const form = editor();
    if (form && changed(form)) {
      clearTimeout(timer);
      keep(form);
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form[data-editor]");
    if (!form) return;
    clearTimeout(timer);
    if (form.crossed) form.elements.was.value = form.crossed;
    form.kept = form.elements.text.value;
  }, true);
  window.addEventListener("beforeunload", (event) => editor() && changed(editor()) && event.preventDefault());
  document.addEventListener("htmx:after:swap", begin);
  begin();
}
