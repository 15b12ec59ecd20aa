// Whether a key belongs to what is being typed, or to the browser, rather than to us.
export function typing(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  return Boolean(event.target.closest?.('input:not([type="radio"]):not([type="checkbox"]), textarea, select, [contenteditable]'));
}
