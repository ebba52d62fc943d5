// Native dialogs: data-dialog-open="id" opens, data-dialog-close or a click on the backdrop closes.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialogOpen);
    opener.closest("[popover]:popover-open")?.hidePopover();
    if (dialog && !dialog.open) dialog.showModal();
    return;
  }
  const open = event.target.closest("dialog");
  if (open && (event.target === open || event.target.closest("[data-dialog-close]"))) open.close();
});
