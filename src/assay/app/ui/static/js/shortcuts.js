// One rule for keys: data-key="a" (or "g j") on a button, link or field is pressed by that key, never while typing.
const PAIR_MS = 1200;
const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";
let first = "";
let firstAt = 0;

const shown = (element) => !element.disabled && element.checkVisibility({ visibilityProperty: true });
const find = (keys) => [...document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)].filter((one) => !one.closest("dialog"));

function press(keys) {
  const found = find(keys);
  const target = found.findLast(shown) ?? found.find((one) => one.closest("[popover]") && !one.disabled);
  if (!target) return false;
  if (target.matches(TYPING)) target.focus();
  else target.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.closest?.("form")?.requestSubmit();
    return;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat && event.key.length === 1 && !"jk".includes(event.key)) return;
  if (event.key === "Escape" && event.target.matches?.(TYPING)) event.target.blur();
  if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const pair = first && event.timeStamp - firstAt < PAIR_MS ? `${first} ${key}` : "";
  first = "";
  if ((pair && press(pair)) || press(key)) event.preventDefault();
  else if (document.querySelector(`[data-key^="${CSS.escape(key)} "]`)) [first, firstAt] = [key, event.timeStamp];
});

// Say the keys to assistive technology, and grey out in the map what this page does not offer.
function announce() {
  for (const element of document.querySelectorAll("[data-key]:not([aria-keyshortcuts])")) element.setAttribute("aria-keyshortcuts", element.dataset.key);
  for (const row of document.querySelectorAll("[data-shortcut]")) {
    const keys = row.dataset.shortcut;
    row.classList.toggle("is-absent", keys.length < 4 && find(keys).length === 0);
  }
}
announce();
document.addEventListener("htmx:afterSettle", announce);
