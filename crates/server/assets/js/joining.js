/**
 * Words of which two were begun over `before`: those `kept` elsewhere and those `typed` here. What came first stands first, and nothing is
 * lost; what both have stands once.
 */
export function joined(before, kept, typed) {
  if (typed.includes(kept)) return typed;
  if (typed.trim() === "" || typed === before || kept.endsWith(`\n\n${typed}`)) return kept;
  // What was taken back stands before what was begun since, which went on here.
  if (before !== "" && kept.endsWith(before)) return kept.slice(0, -before.length) + typed;
  return `${kept.trimEnd()}\n\n${typed}`;
}
