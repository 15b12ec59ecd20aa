// Clocks count down on the page that shows them. The server says how many seconds are left as it sends the page, and how it writes
// minutes, hours and days; from there the page's own time is counted, which nobody moves. The words of a state are the server's to change.
const every = 15_000;
const minute = 60;
const soon = 4 * 60 * minute;
const seen = new WeakMap();

function amounts() {
  const [minutes, hours, days] = document.body.dataset.amounts.split("|");
  const write = (words) => (count) => words.replace("{n}", count);
  return { minutes: write(minutes), hours: write(hours), days: write(days) };
}

// The greatest part of a length of time, as the lists have it.
function brief(seconds, write) {
  const hours = Math.floor(seconds / 3600);
  if (hours >= 48) return write.days(Math.floor(hours / 24));
  if (hours >= 1) return write.hours(hours);
  return write.minutes(Math.max(Math.floor(seconds / minute), 1));
}

// Its two greatest parts.
function fine(seconds, write) {
  const [minutes, hours] = [Math.floor(seconds / minute), Math.floor(seconds / 3600)];
  if (hours < 1) return write.minutes(Math.max(minutes, 1));
  const [first, rest, second] =
    hours < 48 ? [write.hours(hours), minutes % 60, write.minutes] : [write.days(Math.floor(hours / 24)), hours % 24, write.hours];
  return rest === 0 ? first : `${first} ${second(rest)}`;
}

function count(time, write, now) {
  const said = time.dataset.left;
  let known = seen.get(time);
  if (known?.said !== said) seen.set(time, (known = { said, at: now }));
  const left = Number(said) - Math.floor((now - known.at) / 1000);
  const words = ("fine" in time.dataset ? fine : brief)(Math.abs(left), write);
  if (time.textContent !== words) time.textContent = words;
  // What happens by itself was promised to nobody: it has no colours.
  const chip = time.closest(".clock:not(.clock--itself)");
  chip?.classList.toggle("clock--over", left < 0);
  chip?.classList.toggle("clock--soon", left >= 0 && left < soon);
  chip?.classList.toggle("clock--calm", left >= soon);
}

function countAll() {
  const times = document.querySelectorAll("time[data-left]");
  if (times.length === 0) return;
  const write = amounts();
  const now = performance.now();
  for (const time of times) count(time, write, now);
}

export function countDown() {
  countAll();
  setInterval(countAll, every);
  document.addEventListener("htmx:after:swap", countAll);
}
