// Notices pushed to this browser: the page of choices says how it stands and turns it on and off. What was turned on here comes back when the
// same person signs in again, since it went with their session.
const mark = "push";
const renewed = "push-renewed";
const worker = "/service-worker.js";
const part = () => document.querySelector("[data-push]");
const can = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

async function current() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** What this browser gives out for the desk's key; one for another key is of no use any more. */
async function subscribed(key) {
  await navigator.serviceWorker.register(worker, { scope: "/" });
  const { pushManager } = await navigator.serviceWorker.ready;
  const known = await pushManager.getSubscription();
  const own = known && new Uint8Array(known.options.applicationServerKey ?? []).join() === bytes(key).join();
  if (own) return known;
  await known?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
}

async function digest(text) {
  const hashed = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...hashed].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function show(state) {
  for (const element of part()?.querySelectorAll("[data-state]") ?? []) element.hidden = element.dataset.state !== state;
}

async function look() {
  const section = part();
  if (!section?.dataset.key || !can()) return;
  const subscription = await current();
  const row = subscription && section.querySelector(`[data-endpoint="${await digest(subscription.endpoint)}"]`);
  if (row) {
    row.dataset.here = "";
    row.querySelector("[data-this]").hidden = false;
  }
  show(row ? "on" : Notification.permission === "denied" ? "blocked" : "off");
}

function fill(fields, subscription) {
  const { endpoint, keys } = subscription.toJSON();
  fields.set("endpoint", endpoint);
  fields.set("p256dh", keys.p256dh);
  fields.set("auth", keys.auth);
}

async function turnOn(form) {
  const section = part();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    if ((await Notification.requestPermission()) !== "granted") return show("blocked");
    const fields = new Map();
    fill(fields, await subscribed(section.dataset.key));
    for (const [name, value] of fields) form.elements[name].value = value;
    localStorage.setItem(mark, section.dataset.agent);
    form.submit();
  } catch {
    show("failed");
  } finally {
    button.disabled = false;
  }
}

async function turnOff(form) {
  localStorage.removeItem(mark);
  await (await current().catch(() => null))?.unsubscribe().catch(() => {});
  form.submit();
}

// Only colleagues have a palette.
const isIn = () => document.querySelector("#palette") !== null;

/** Once a window and signing in: whoever turned it on here has it again. */
async function renew() {
  if (!isIn()) return sessionStorage.removeItem(renewed);
  if (!can() || !localStorage.getItem(mark) || Notification.permission !== "granted" || sessionStorage.getItem(renewed)) return;
  const csrf = document.querySelector("#toasts")?.dataset.csrf;
  const answer = csrf && (await fetch("/notifications/browsers/key"));
  if (!answer?.ok || answer.redirected) return;
  const { key, agent } = await answer.json();
  sessionStorage.setItem(renewed, "1");
  if (!key || agent !== localStorage.getItem(mark)) return;
  const fields = new URLSearchParams({ csrf });
  fill(fields, await subscribed(key));
  await fetch("/notifications/browsers", { method: "POST", body: fields });
}

export function pushHere() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-push-on]")) {
      event.preventDefault();
      turnOn(form);
    } else if (form.matches("[data-here] [data-push-off]")) {
      event.preventDefault();
      turnOff(form);
    }
  });
  const again = () => look().catch(() => show("failed"));
  document.addEventListener("htmx:after:swap", () => {
    if (!isIn()) sessionStorage.removeItem(renewed);
    again();
  });
  renew().catch(() => {}).finally(again);
}
