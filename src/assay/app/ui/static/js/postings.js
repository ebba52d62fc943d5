// The desk where an advert is written: fields grow, a fix changes the words under the writer's eyes, quotes show their place.
const FLASH_MS = 1800;
const growsByItself = CSS.supports("field-sizing", "content");
const desk = document.querySelector("[data-advert-desk]");
const unsaved = document.querySelector("[data-unsaved]");
const waiting = new Set();
const sent = new WeakMap();

// A browser that cannot size a field to its text gets as many rows as there are lines.
function grow(field) {
  if (growsByItself) return;
  const lines = field.value.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 80), 0);
  field.rows = Math.min(Math.max(lines, 2), 60);
}

function tell() {
  if (unsaved) unsaved.hidden = waiting.size === 0;
}

// Selects the words at their place, or the nearest place where they stand now.
function select(field, quote, near) {
  let best = -1;
  for (let at = field.value.indexOf(quote); at >= 0 && quote; at = field.value.indexOf(quote, at + 1)) {
    if (best < 0 || Math.abs(at - near) < Math.abs(best - near)) best = at;
  }
  field.scrollIntoView({ block: "nearest" });
  field.focus({ preventScroll: true });
  if (best >= 0) field.setSelectionRange(best, best + quote.length);
}

function show(id) {
  const marks = [...document.querySelectorAll(`[data-quote-id~="${CSS.escape(id)}"]`)];
  document.querySelectorAll(".is-found").forEach((mark) => mark.classList.remove("is-found"));
  if (!marks.length) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  marks[0].scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
  marks[0].focus({ preventScroll: true });
  for (const mark of marks) {
    mark.classList.add("is-found");
    setTimeout(() => mark.classList.remove("is-found"), FLASH_MS);
  }
}

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-select-in]");
  const field = chosen && document.getElementById(chosen.dataset.selectIn);
  if (field) select(field, chosen.dataset.quote, Number(chosen.dataset.start));
  const target = event.target.closest("[data-quote-target]");
  if (target) show(target.dataset.quoteTarget);
  if (event.target.closest("[data-reload]")) { waiting.clear(); location.reload(); }
});

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-grows]")) grow(event.target);
  const form = desk?.contains(event.target) && event.target.closest("form");
  if (form) { waiting.add(form); tell(); }
});

// What was typed after a save was sent is still unsaved when its answer comes.
const typedIn = (form) => JSON.stringify([...new FormData(form)].filter(([name]) => name !== "base"));
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt.matches?.(".advert-text > form")) sent.set(event.detail.elt, typedIn(event.detail.elt));
});
document.addEventListener("htmx:afterRequest", (event) => {
  const saved = event.detail.xhr.getResponseHeader("Assay-Saved");
  const form = saved && document.getElementById(`base-${saved}`)?.form;
  if (!form || !waiting.has(form)) return;
  const asked = event.detail.requestConfig;
  const isKept = asked.elt === form ? typedIn(form) === sent.get(form) : new FormData(form).get("text") === asked.parameters.text;
  if (isKept) waiting.delete(form);
  tell();
});

// New words from the server go in only where nobody has typed since they were asked for.
document.addEventListener("htmx:oobAfterSwap", (event) => {
  const fresh = document.getElementById("new-text");
  if (event.detail.target?.id === "new-text" || event.detail.elt?.id === "new-text") put(fresh);
  const wrong = event.detail.elt?.closest?.("[data-error-for]") ?? event.detail.target?.closest?.("[data-error-for]");
  if (wrong) mirror(document.getElementById(wrong.id));
});

function put(fresh) {
  if (!fresh?.dataset.section) return;
  const field = document.getElementById(`text-${fresh.dataset.section}`);
  const form = field?.form;
  if (!field || waiting.has(form) && field.value !== fixedFrom.get(field)) return;
  field.value = fresh.textContent;
  waiting.delete(form);
  grow(field);
  tell();
  field.focus({ preventScroll: true });
  field.setSelectionRange(Number(fresh.dataset.start), Number(fresh.dataset.end));
}

// A fix sends along what stands in the field; only that text may be replaced by its answer.
const fixedFrom = new WeakMap();
document.addEventListener("htmx:configRequest", (event) => {
  const section = event.detail.parameters.section;
  const field = section && document.getElementById(`text-${section}`);
  if (field && !event.detail.elt.contains(field)) fixedFrom.set(field, field.value);
});

function mirror(error) {
  const input = error && document.getElementById(error.dataset.errorFor);
  if (!input) return;
  if (error.textContent.trim()) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

window.addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
document.querySelectorAll("[data-grows]").forEach(grow);
