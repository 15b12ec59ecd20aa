// How what is written will look to whoever gets it: the desk makes the same of it as of the mail, in a frame that runs nothing.
import { fieldOf, formOf } from "./composer.js";

const frameOf = (form) => form.querySelector("[data-preview-frame]");

function close(form) {
  const button = form.querySelector("[data-preview]");
  if (button.getAttribute("aria-pressed") !== "true") return;
  button.setAttribute("aria-pressed", "false");
  frameOf(form).hidden = true;
  fieldOf(form).hidden = false;
}

// It is a page of its own, for it has the styles of a mail, which a page of the desk forbids. In a new frame each time: it is the first
// page there, so going back does not lead through earlier looks.
function show(form) {
  const frame = frameOf(form);
  const fresh = frame.cloneNode();
  fresh.hidden = false;
  frame.replaceWith(fresh);
  const request = Object.assign(document.createElement("form"), { method: "post", action: `/tickets/${form.dataset.draft}/preview`, target: fresh.name, hidden: true });
  for (const [name, value] of Object.entries({ csrf: form.querySelector('[name="csrf"]').value, body: fieldOf(form).value })) {
    request.append(Object.assign(document.createElement("textarea"), { name, value }));
  }
  document.body.append(request);
  request.submit();
  request.remove();
  fieldOf(form).hidden = true;
  form.querySelector("[data-preview]").setAttribute("aria-pressed", "true");
}

export function offerPreview() {
  const ready = () => document.querySelectorAll("[data-preview]").forEach((button) => (button.hidden = false));
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-preview]");
    const form = button && formOf(button);
    if (!form) return;
    if (button.getAttribute("aria-pressed") === "true") {
      close(form);
      fieldOf(form).focus();
    } else if (fieldOf(form).value.trim()) show(form);
  });
  // Whoever turns to the other kind, or sends, writes again.
  document.addEventListener("change", (event) => event.target.name === "kind" && formOf(event.target) && close(formOf(event.target)));
  document.addEventListener("submit", (event) => formOf(event.target) && close(formOf(event.target)), true);
  document.addEventListener("htmx:after:swap", ready);
  ready();
}
