// Colleagues to be told by a note: a menu with a search, which "@" at the beginning of a word opens too. A name that nobody has is left
// to the text, so whoever types on is not held up.
import { fieldOf } from "./composer.js";
import { offerByStroke } from "./strokes.js";

// As the desk has it: an address of mail names nobody.
const begins = (before) => !/[\p{L}\p{N}._-]$/u.test(before);

function name(form, colleague) {
  const field = fieldOf(form);
  const gap = begins(field.value.slice(0, field.selectionStart)) ? "" : " ";
  field.focus();
  field.setRangeText(`${gap}@${colleague} `, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function offerMentions() {
  offerByStroke({ menu: ".composer__mention", name: "mention", stroke: "@", begins, kind: "note", gives: true, chosen: name });
}
