// Answering by key: J and K step through the questions, 0 to 4 choose a level, ? says "I don't know".
const questions = () => [...document.querySelectorAll("[data-ready-question]:not(:disabled)")];

function step(by) {
  const all = questions();
  const current = document.activeElement?.closest("[data-ready-question]");
  const middle = innerHeight / 3;
  const nearest = all.findIndex((one) => one.checkVisibility() && one.getBoundingClientRect().bottom > middle);
  const index = current ? all.indexOf(current) + by : Math.max(nearest, 0);
  const next = all[index];
  if (!next) return false;
  unfold(next);
  (next.querySelector("input:checked") ?? next.querySelector("input[type=radio]")).focus({ preventScroll: true });
  next.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
  return true;
}

function unfold(place) {
  const folded = place?.closest("details.ready-dimension");
  if (folded) folded.open = true;
}

// A link to a dimension or a question opens what it lies in.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (link && link.hash.length > 1) unfold(document.getElementById(link.hash.slice(1)));
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest?.("textarea, select, input:not([type=radio])")) return;
  const key = event.key.toLowerCase();
  let isDone = false;
  if (key === "j" || key === "k") isDone = step(key === "j" ? 1 : -1);
  else if (/^[0-4?]$/.test(key)) {
    const value = key === "?" ? "unknown" : key;
    const choice = event.target.closest?.("[data-ready-question]")?.querySelector(`input[type=radio][value="${value}"]`);
    if (choice) { choice.focus({ preventScroll: true }); choice.click(); isDone = true; }
  }
  if (!isDone) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
