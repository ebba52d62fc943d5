// What somebody does before the other scripts are there is kept for them and done then: keys, a press of a button that
// only a script answers, a file that was chosen. This one alone is loaded before the page is shown.
(() => {
  const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";
  const SCRIPTED = "button[type=button]:not([popovertarget], :disabled)";
  const kept = [];

  // Some scripts may be there before the others: what is kept is done once, when all of them are.
  function keep(event, act) {
    event.stopImmediatePropagation();
    kept.push(act);
  }

  function keepKey(event) {
    if (!event.key) return; // A browser that fills a form in says so by a press of no key.
    const isPalette = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && event.key.length === 1 && event.key !== " ";
    if (event.repeat || !(isPalette || isPlain && !event.target.closest?.(TYPING))) return;
    if (isPalette) event.preventDefault();
    const { key, code, shiftKey, ctrlKey, metaKey } = event;
    const again = { key, code, shiftKey, ctrlKey, metaKey, bubbles: true, cancelable: true, composed: true };
    keep(event, () => (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", again)));
  }

  function keepPress(event) {
    const button = event.target.closest?.(SCRIPTED);
    if (button) keep(event, () => button.click());
  }

  function keepFile(event) {
    const chosen = event.target;
    if (chosen.matches?.("input[type=file]")) keep(event, () => chosen.dispatchEvent(new Event("change", { bubbles: true })));
  }

  const heard = { keydown: keepKey, click: keepPress, change: keepFile };
  for (const [name, hear] of Object.entries(heard)) addEventListener(name, hear, true);
  // On the window, so that htmx, which starts with the same event on the document, is there too.
  addEventListener("DOMContentLoaded", () => {
    for (const [name, hear] of Object.entries(heard)) removeEventListener(name, hear, true);
    for (const act of kept) act();
  });
})();
