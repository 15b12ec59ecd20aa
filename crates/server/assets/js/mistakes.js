// A form that came back with mistakes: its summary takes the focus, and a link in it goes to the control.
export function focusMistakes() {
  document.addEventListener("htmx:after:swap", () => {
    const summary = document.querySelector("#summary") ?? document.querySelector('[aria-invalid="true"]');
    if (summary && document.activeElement !== summary) summary.focus();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#summary a");
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    control.focus();
    control.scrollIntoView({ block: "center" });
  });
}
