// Native dialogs: data-dialog-open="id" opens, data-dialog-close or a click on the backdrop closes.
const FIELDS = "input:not([type=hidden], :disabled), select:not(:disabled), textarea:not(:disabled)";

// Focus starts where the answer is given, never on the cross: a browser would start there, and Enter would close.
function start(dialog) {
  if (dialog.querySelector("[autofocus]")) return;
  const fields = [...dialog.querySelectorAll(FIELDS)].filter((field) => field.checkVisibility());
  const first = fields[0];
  const chosen = first?.type === "radio" && fields.find((field) => field.name === first.name && field.checked);
  (chosen || first || dialog.querySelector(":scope > :not(.dialog-head) :is(a[href], button)"))?.focus();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialogOpen);
    opener.closest("[popover]:popover-open")?.hidePopover();
    if (dialog && !dialog.open) { dialog.showModal(); start(dialog); }
    return;
  }
  const open = event.target.closest("dialog");
  if (open && (event.target === open || event.target.closest("[data-dialog-close]"))) open.close();
});
