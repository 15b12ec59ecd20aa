// Parts of pages, fetched beside what is on screen.

/** The HTML of a part; null when the desk cannot be reached or refuses. */
export async function fetched(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  return answer?.ok ? answer.text() : null;
}

/** HTML as elements that are not on the page yet. */
export const read = (text) => new DOMParser().parseFromString(text, "text/html");
