// Files that go with what is written: chosen, dropped or pasted, they are on the desk before the words are. What is sent meanwhile
// waits for them.
import { filesOf, formOf, kindOf, markKept } from "./composer.js";
import { read } from "./part.js";
import { toast } from "./toasts.js";

const limit = 25 * 1024 * 1024;
const busy = new WeakMap();
let waiting = null;
let last = Promise.resolve();

function request(form, kind, name, value, progress) {
  const data = new FormData();
  data.append("csrf", form.querySelector('[name="csrf"]').value);
  data.append("kind", kind);
  data.append(name, value);
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open("POST", `/tickets/${form.dataset.draft}/files`);
    call.setRequestHeader("HX-Request", "true");
    call.upload.addEventListener("progress", (event) => progress?.(event.loaded / event.total));
    call.addEventListener("load", () => (call.status < 300 ? resolve(call.responseText) : reject(new Error(call.responseText))));
    call.addEventListener("error", () => reject(new Error(form.dataset.failed)));
    call.send(data);
  });
}

// What is on its way stands at the end of the list and goes when it has arrived.
function show(form, kind, text) {
  const list = filesOf(form, kind);
  const fresh = read(text).querySelectorAll("li");
  const coming = [...list.querySelectorAll("[data-coming]")];
  list.replaceChildren(...[...fresh].map((item) => document.importNode(item, true)), ...coming);
  list.hidden = list.childElementCount === 0;
  markKept(form);
}

function coming(form, kind, file) {
  const item = document.createElement("li");
  item.className = "attachment";
  item.dataset.coming = "";
  const name = document.createElement("bdi");
  name.className = "attachment__name";
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.ariaLabel = file.name;
  item.append(name, bar);
  filesOf(form, kind).append(item);
  filesOf(form, kind).hidden = false;
  return { item, bar };
}

async function upload(form, kind, file, { item, bar }) {
  try {
    const text = await request(form, kind, "files", file, (done) => (bar.value = done));
    item.remove();
    show(form, kind, text);
  } catch (error) {
    item.remove();
    filesOf(form, kind).hidden = filesOf(form, kind).childElementCount === 0;
    toast(error.message || form.dataset.failed);
    waiting = null;
  }
  busy.set(form, busy.get(form) - 1);
  if (busy.get(form) > 0 || waiting !== form) return;
  waiting = null;
  form.requestSubmit();
}

// One after the other: together they may not be more than a message takes.
function take(form, files) {
  const kind = kindOf(form);
  for (const file of files) {
    if (file.size > limit) {
      toast(form.dataset.tooLarge);
      continue;
    }
    const place = coming(form, kind, file);
    busy.set(form, (busy.get(form) ?? 0) + 1);
    last = last.then(() => upload(form, kind, file, place));
  }
}

async function takeAway(form, button) {
  const kind = button.closest("[data-files]").dataset.files;
  try {
    show(form, kind, await request(form, kind, "detach", button.value));
    form.querySelector("textarea").focus();
  } catch (error) {
    toast(error.message || form.dataset.failed);
  }
}

const brings = (event) => event.dataTransfer?.types.includes("Files");

export function takeFiles() {
  document.addEventListener("change", (event) => {
    const form = formOf(event.target);
    if (!form || event.target.name !== "files") return;
    take(form, [...event.target.files]);
    event.target.value = "";
  });
  document.addEventListener("paste", (event) => {
    const form = formOf(event.target);
    if (!form || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    take(form, [...event.clipboardData.files]);
  });
  document.addEventListener("dragover", (event) => {
    if (!brings(event)) return;
    const form = formOf(event.target);
    event.preventDefault();
    event.dataTransfer.dropEffect = form ? "copy" : "none";
    document.querySelectorAll(".is-dropping").forEach((other) => other !== form && other.classList.remove("is-dropping"));
    form?.classList.add("is-dropping");
  });
  document.addEventListener("dragleave", (event) => {
    const form = formOf(event.target);
    if (form && !form.contains(event.relatedTarget)) form.classList.remove("is-dropping");
  });
  // A file that misses the composer does not open in the place of the desk.
  document.addEventListener("drop", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    const form = formOf(event.target);
    form?.classList.remove("is-dropping");
    if (form) take(form, [...event.dataTransfer.files]);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.('[name="detach"]');
    if (!button) return;
    event.preventDefault();
    takeAway(formOf(button), button);
  });
  document.addEventListener("submit", (event) => {
    const form = formOf(event.target);
    if (!form || !busy.get(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = form;
  }, true);
}
