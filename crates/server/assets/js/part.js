// Parts of pages, fetched beside what is on screen.

/** The HTML of a part; null when the desk cannot be reached or refuses. What it is part of may be `gone`. */
export async function fetched(address, gone) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.status === 404) await gone?.();
  return answer?.ok ? answer.text() : null;
}

/** HTML as elements that are not on the page yet. */
export const read = (text) => new DOMParser().parseFromString(text, "text/html");
