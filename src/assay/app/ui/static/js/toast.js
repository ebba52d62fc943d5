// Short news with an optional undo. The region is a polite live region, so what is added is read out.
const region = document.getElementById("toasts");

function start(toast) {
  toast.dataset.toast = "started";
  const seconds = Number(toast.dataset.toastSeconds);
  if (!seconds) return;
  let timer = setTimeout(() => toast.remove(), seconds * 1000);
  const hold = () => clearTimeout(timer);
  const release = () => { hold(); timer = setTimeout(() => toast.remove(), seconds * 500); };
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, hold);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, release);
}

function say(message, isWrong = false) {
  const toast = document.createElement("div");
  toast.className = isWrong ? "toast is-wrong" : "toast";
  toast.dataset.toast = "";
  toast.dataset.toastSeconds = isWrong ? "20" : "6";
  const text = document.createElement("p");
  text.textContent = message;
  toast.append(text);
  region.append(toast);
}

region.addEventListener("click", (event) => event.target.closest("[data-toast-close]")?.closest("[data-toast]").remove());
region.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) event.target.closest("[data-toast]")?.remove(); });
new MutationObserver(() => region.querySelectorAll('[data-toast=""]').forEach(start)).observe(region, { childList: true });
region.querySelectorAll("[data-toast]").forEach(start);

document.addEventListener("assay:toast", (event) => say(event.detail.message ?? event.detail.value, event.detail.isWrong));
document.addEventListener("htmx:sendError", () => say("No connection. Nothing was changed; try again.", true));
const REFUSALS = {
  400: "The server could not read that. Nothing was changed; load the page again.",
  401: "This is not open to you, or your session ended. Load the page again.",
  403: "This is not open to you, or your session ended. Load the page again.",
  404: "That is no longer there. Load the page again.",
  405: "That cannot be done from here. Nothing was changed; load the page again.",
  413: "That is too much at once. Nothing was stored; send less.",
  429: "That was tried too often in a short time. Nothing was changed; wait a few minutes.",
};
document.addEventListener("htmx:responseError", (event) =>
  say(REFUSALS[event.detail.xhr.status] ?? "That did not work, and nothing was changed. Try again.", true));
