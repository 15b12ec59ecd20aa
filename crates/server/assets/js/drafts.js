// Drafts: what is written is kept by the desk 300 ms after it was typed, for each ticket a reply and a note. Until the desk has it,
// this browser keeps it too, so that neither a crash nor a lost connection takes a word.
import { addresseeOf, fieldOf, formOf, forms, kindOf, markKept } from "./composer.js";
import { joined } from "./joining.js";
import { toast } from "./toasts.js";

const wait = 300;
// The most that a browser sends on while its page is closed.
const parting = 60_000;
let timer;
let unsaved = null;
let sentKind = null;
// While a sending is on its way, what it sends is neither kept nor brought back: the form, whose draft it sends (`at`), and its words.
let sending = null;
// Which request carries which sending.
const carried = new WeakMap();
let last = Promise.resolve();
let saving = 0;
// What the desk keeps of each draft, as far as this page knows. A save says which words it was written over, so that words that came
// there otherwise (a reply that was taken back, another window) come back to be kept too.
const known = new Map();
// Somebody takes a reply back here: they know where its words come from.
let takesBack = false;

const isOnItsWay = (form) => sending?.form === form;
const place = (form, kind) => `draft ${form.dataset.writer} ${form.dataset.draft} ${kind}`;

// What the procedure suggests for a field, empty when it suggests nothing.
function suggestedFor(form) {
  if (kindOf(form) !== "reply") return "";
  return document.querySelector(`[data-suggested-for="${CSS.escape(fieldOf(form).id)}"]`)?.dataset.suggested ?? "";
}

const overPlace = (at) => `${at} over`;
const revisionOf = (form, kind) => form.querySelector("[data-revisions]")?.dataset[kind] ?? "";

// What the desk kept as the page came; words that it does not have yet were written over what this browser says.
function learn(form, kind) {
  const at = place(form, kind);
  if (known.has(at)) return;
  const over = localStorage.getItem(at) === null ? null : localStorage.getItem(overPlace(at));
  const revision = revisionOf(form, kind);
  known.set(at, over === null || over === revision ? { words: form.dataset[kind], revision } : { words: "", revision: over });
}

function say(form, words) {
  const status = form.querySelector("[data-status]");
  if (status) status.textContent = words ? status.dataset[words] : "";
}

const value = (form, name) => form.querySelector(`[name="${name}"]`)?.value ?? "";

// The key of the sending that words are for goes with them: what was sent under it meanwhile is not kept.
async function save({ form, kind, text, suggested, submission }) {
  const at = place(form, kind);
  const body = text === suggested ? "" : text;
  const { revision: over } = known.get(at);
  const fields = { csrf: value(form, "csrf"), submission, to: kind === "reply" ? value(form, "to") : "", kind, body, over };
  const request = { method: "POST", body: new URLSearchParams(fields), keepalive: body.length < parting };
  saving += 1;
  const answer = await fetch(`/tickets/${form.dataset.draft}/draft`, request).catch(() => null);
  saving -= 1;
  const other = answer?.status === 409 ? await answer.json().catch(() => null) : null;
  if (other) return takeIn(form, kind, suggested, other);
  if (answer?.ok) known.set(at, { words: body, revision: (await answer.json()).revision });
  if (answer?.ok && localStorage.getItem(at) === text) forget(at);
  // Somebody may have typed on meanwhile.
  if (unsaved === null && kindOf(form) === kind) say(form, answer?.ok ? (body ? "keptWords" : null) : "unkeptWords");
}

function forget(at) {
  localStorage.removeItem(at);
  localStorage.removeItem(overPlace(at));
}

// The desk keeps other words than those that these were written over: both are kept, and stand in the field.
function takeIn(form, kind, suggested, { words, revision }) {
  const at = place(form, kind);
  const before = known.get(at).words;
  known.set(at, { words, revision });
  const field = form.isConnected && kindOf(form) === kind ? fieldOf(form) : null;
  const here = field?.value ?? form.dataset[kind];
  const typed = here === suggested ? "" : here;
  const both = joined(before, words, typed);
  form.dataset[kind] = both;
  if (field && field.value !== (both || suggested)) {
    const fromEnd = field.value.length - field.selectionEnd;
    field.value = both || suggested;
    field.setSelectionRange(field.value.length - fromEnd, field.value.length - fromEnd);
    if (!takesBack && both !== typed) toast(form.dataset.returned);
  }
  takesBack = false;
  if (both === words) {
    if (unsaved?.form === form && unsaved.kind === kind) unsaved = null;
    forget(at);
    markKept(form);
  } else if (field) keep(form);
  else last = last.then(() => save({ form, kind, text: both, suggested, submission: value(form, "submission") }));
}

// Where the page says that the desk keeps other words than those that are known here, they are asked for by saving over the known ones.
function compare(form) {
  const kind = kindOf(form);
  if (isOnItsWay(form) || revisionOf(form, kind) === known.get(place(form, kind)).revision) return;
  if (unsaved?.form === form) return flush();
  const work = { form, kind, text: fieldOf(form).value, suggested: suggestedFor(form), submission: value(form, "submission") };
  last = last.then(() => save(work));
}

function flush() {
  clearTimeout(timer);
  if (unsaved === null) return;
  const work = unsaved;
  unsaved = null;
  // Where something was sent since, what was written belongs to the next sending.
  work.submission = value(work.form, "submission");
  last = last.then(() => save(work));
}

function keep(form) {
  const kind = kindOf(form);
  const text = fieldOf(form).value;
  if (unsaved && (unsaved.form !== form || unsaved.kind !== kind)) flush();
  form.dataset[kind] = text;
  localStorage.setItem(place(form, kind), text);
  localStorage.setItem(overPlace(place(form, kind)), known.get(place(form, kind)).revision);
  unsaved = { form, kind, text, suggested: suggestedFor(form), submission: value(form, "submission") };
  say(form, null);
  markKept(form);
  clearTimeout(timer);
  timer = setTimeout(flush, wait);
}

// A field in which nobody has written anything of their own holds what was kept of theirs, else the suggestion. What this browser
// could not hand over wins: it is newer.
function fill(form) {
  for (const kind of ["reply", "note"]) learn(form, kind);
  const field = fieldOf(form);
  const before = field.dataset.suggested ?? "";
  const suggested = suggestedFor(form);
  field.dataset.suggested = suggested;
  const pending = unsaved === null && !isOnItsWay(form) ? localStorage.getItem(place(form, kindOf(form))) : null;
  if (pending) {
    field.value = pending;
    keep(form);
  } else if (["", before, suggested].includes(field.value) && !addresseeOf(form)?.value) {
    field.value = form.dataset[kindOf(form)] || suggested;
  }
  compare(form);
  markKept(form);
}

// Reply and note are two drafts: whoever turns from one to the other finds what they left there.
function turn(form) {
  flush();
  fieldOf(form).value = form.dataset[kindOf(form)] || suggestedFor(form);
  fieldOf(form).dataset.suggested = suggestedFor(form);
  say(form, null);
  compare(form);
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

// What stands in the field beside what was sent: somebody wrote on before the answer came.
const since = (now, words) => (now.startsWith(words) ? now.slice(words.length).trimStart() : now);

// The text field is left alone by morphing, so it is emptied here once what it held has been taken. What was written since stays, as a
// draft of its own.
function sent({ form, kind, at, words }) {
  forget(at);
  known.set(at, { words: "", revision: "" });
  // Somebody may have gone to another ticket meanwhile, or turned to the other kind.
  if (!form.isConnected || place(form, kind) !== at) return;
  sentKind = kindOf(form);
  const rest = since(sentKind === kind ? fieldOf(form).value : form.dataset[kind] || words, words);
  form.dataset[kind] = rest;
  if (rest) localStorage.setItem(at, rest);
  if (sentKind === kind) {
    clearTimeout(timer);
    unsaved = null;
    fieldOf(form).value = rest;
    if (addresseeOf(form)) addresseeOf(form).selectedIndex = 0;
  }
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
  document.addEventListener("click", (event) => (takesBack ||= Boolean(event.target.closest?.("[data-take-back]"))), true);
  document.addEventListener("visibilitychange", () => document.hidden && flush());
  document.addEventListener("submit", (event) => {
    const form = formOf(event.target);
    if (!form || event.defaultPrevented) return;
    // What is on its way goes once; what is written behind it waits for its answer.
    if (isOnItsWay(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    clearTimeout(timer);
    unsaved = null;
    const kind = kindOf(form);
    sending = { form, kind, at: place(form, kind), words: fieldOf(form).value };
    // Words that came back and are not in the field yet are not sent away with it. While a save is on its way, nobody knows.
    const over = form.querySelector('[name="over"]');
    over.disabled = saving > 0 || event.submitter?.hasAttribute("formaction") === true;
    over.value = known.get(sending.at).revision;
  }, true);
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (isOnItsWay(formOf(ctx.sourceElement ?? document.body))) carried.set(ctx, sending);
  });
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const done = carried.get(ctx);
    if (!done) return;
    if (sending === done) sending = null;
    if (ctx.response?.status < 400) sent(done);
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
