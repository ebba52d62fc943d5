// Choosing applicants to compare: says how many are ticked and lets two to four through. Without it the server says so.
const FEWEST = 2;
const MOST = 4;

function refresh() {
  const form = document.querySelector("[data-compare]");
  if (!form) return;
  const boxes = [...document.querySelectorAll('input[form="compare"]')];
  const ticked = boxes.filter((box) => box.checked).length;
  const words = ticked === 0 ? "Tick two to four applicants to see them side by side."
    : ticked < FEWEST ? "One ticked. Tick another to compare."
    : `${ticked} ticked.`;
  const said = form.querySelector("[data-compare-count]");
  if (said.textContent !== words) said.textContent = words;
  form.querySelector("button").disabled = ticked < FEWEST;
  for (const box of boxes) box.disabled = ticked >= MOST && !box.checked;
  form.classList.toggle("is-ready", ticked >= FEWEST);
}

document.addEventListener("change", (event) => {
  if (event.target.matches('input[form="compare"]')) refresh();
});
document.addEventListener("htmx:afterSettle", refresh);
window.addEventListener("pageshow", refresh);
refresh();

// X ticks the row that is pointed at or focused; before that, the first one.
function aim(row) {
  const box = row?.querySelector('input[form="compare"]');
  if (!box || box.dataset.key) return;
  for (const other of document.querySelectorAll('input[form="compare"][data-key]')) delete other.dataset.key;
  box.dataset.key = "x";
}
const rowOf = (event) => event.target.closest?.("tr, .shortlisted");
document.addEventListener("focusin", (event) => aim(rowOf(event)));
document.addEventListener("mouseover", (event) => aim(rowOf(event)));
aim(document.querySelector('input[form="compare"]')?.closest("tr, .shortlisted"));
