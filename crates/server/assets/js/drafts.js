// Drafts: what is written is kept by the desk 300 ms after it was typed, for each ticket a reply and a note. Until the desk has it,
// this browser keeps it too, so that neither a crash nor a lost connection takes a word.
import { addresseeOf, fieldOf, formOf, forms, kindOf, markKept } from "./composer.js";

const wait = 300;
// The most that a browser sends on while its page is closed.
const parting = 60_000;
let timer;
let unsaved = null;
let sentKind = null;
// While a sending is on its way, what it sends is neither kept nor brought back.
let sending = null;
let last = Promise.resolve();

const place = (form, kind) => `draft ${form.dataset.writer} ${form.dataset.draft} ${kind}`;

// What the procedure suggests for a field, empty when it suggests nothing.
function suggestedFor(form) {
  if (kindOf(form) !== "reply") return "";
  return document.querySelector(`[data-suggested-for="${CSS.escape(fieldOf(form).id)}"]`)?.dataset.suggested ?? "";
}

function say(form, words) {
  const status = form.querySelector("[data-status]");
  if (status) status.textContent = words ? status.dataset[words] : "";
}

const value = (form, name) => form.querySelector(`[name="${name}"]`)?.value ?? "";

// The key of the sending that words are for goes with them: what was sent under it meanwhile is not kept.
async function save({ form, kind, text, suggested, submission }) {
  const body = text === suggested ? "" : text;
  const fields = { csrf: value(form, "csrf"), submission, to: kind === "reply" ? value(form, "to") : "", kind, body };
  const request = { method: "POST", body: new URLSearchParams(fields), keepalive: body.length < parting };
  const answer = await fetch(`/tickets/${form.dataset.draft}/draft`, request).catch(() => null);
  if (answer?.ok && localStorage.getItem(place(form, kind)) === text) localStorage.removeItem(place(form, kind));
  // Somebody may have typed on meanwhile.
  if (unsaved === null && kindOf(form) === kind) say(form, answer?.ok ? (body ? "keptWords" : null) : "unkeptWords");
}

function flush() {
  clearTimeout(timer);
  if (unsaved === null) return;
  const work = unsaved;
  unsaved = null;
  last = last.then(() => save(work));
}

function keep(form) {
  const kind = kindOf(form);
  const text = fieldOf(form).value;
  if (unsaved && (unsaved.form !== form || unsaved.kind !== kind)) flush();
  form.dataset[kind] = text;
  localStorage.setItem(place(form, kind), text);
  unsaved = { form, kind, text, suggested: suggestedFor(form), submission: value(form, "submission") };
  say(form, null);
  markKept(form);
  clearTimeout(timer);
  timer = setTimeout(flush, wait);
}

// A field in which nobody has written anything of their own holds what was kept of theirs, else the suggestion. What this browser
// could not hand over wins: it is newer.
function fill(form) {
  const field = fieldOf(form);
  const before = field.dataset.suggested ?? "";
  const suggested = suggestedFor(form);
  field.dataset.suggested = suggested;
  const pending = unsaved === null && sending !== form ? localStorage.getItem(place(form, kindOf(form))) : null;
  if (pending) {
    field.value = pending;
    keep(form);
  } else if (["", before, suggested].includes(field.value) && !addresseeOf(form)?.value) {
    field.value = form.dataset[kindOf(form)] || suggested;
  }
  markKept(form);
}

// Reply and note are two drafts: whoever turns from one to the other finds what they left there.
function turn(form) {
  flush();
  fieldOf(form).value = form.dataset[kindOf(form)] || suggestedFor(form);
  fieldOf(form).dataset.suggested = suggestedFor(form);
  say(form, null);
}

// A draft is for the requester: whoever turns to somebody else begins with an empty field, unless it holds words of their own.
function address(form) {
  const field = fieldOf(form);
  const suggested = suggestedFor(form);
  const to = addresseeOf(form).value;
  if (suggested && to && field.value === suggested) field.value = "";
  else if (suggested && !to && field.value === "") field.value = suggested;
  if (field.value && field.value !== suggested) keep(form);
}

// The text field is left alone by morphing, so it is emptied here once what it held has been taken.
function sent(form) {
  const kind = form.dataset.sending ?? kindOf(form);
  sentKind = kind;
  localStorage.removeItem(place(form, kind));
  form.dataset[kind] = "";
  if (kindOf(form) === kind) fieldOf(form).value = "";
  if (addresseeOf(form)) addresseeOf(form).selectedIndex = 0;
  say(form, null);
}

export function keepDrafts() {
  document.addEventListener("input", (event) => {
    const form = formOf(event.target);
    if (form && event.target === fieldOf(form)) keep(form);
  });
  document.addEventListener("change", (event) => {
    const form = formOf(event.target);
    if (form && event.target.name === "kind") turn(form);
    else if (form && event.target.matches("[data-addressee]")) address(form);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !event.target.matches?.(".composer__body")) return;
    flush();
    event.target.blur();
  });
  document.addEventListener("visibilitychange", () => document.hidden && flush());
  document.addEventListener("submit", (event) => {
    const form = formOf(event.target);
    if (!form || event.defaultPrevented) return;
    clearTimeout(timer);
    unsaved = null;
    sending = form;
    form.dataset.sending = kindOf(form);
  }, true);
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    const form = formOf(ctx.sourceElement ?? document.body);
    if (form === sending) sending = null;
    if (form && ctx.response && ctx.response.status < 400) sent(form);
  });
  document.addEventListener("htmx:error", () => (sending = null));
  const fillAll = () => {
    // Whoever sent a reply goes on with replies, even where a note is begun.
    if (sentKind) forms().forEach((form) => (form.querySelector(`[name="kind"][value="${sentKind}"]`).checked = true));
    sentKind = null;
    forms().forEach(fill);
  };
  document.addEventListener("htmx:after:swap", fillAll);
  fillAll();
}
