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

async function show(form) {
  const fields = { csrf: form.querySelector('[name="csrf"]').value, body: fieldOf(form).value };
  const answer = await fetch(`/tickets/${form.dataset.draft}/preview`, { method: "POST", body: new URLSearchParams(fields) }).catch(() => null);
  if (!answer?.ok) return;
  const frame = frameOf(form);
  frame.srcdoc = await answer.text();
  frame.hidden = false;
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
