// Ticking applicants in a list or on a board: by mouse, Shift and mouse, X, Shift+J and Shift+K. Says how many are ticked.
// On the page of a draft nothing here is needed. Without it the form works all the same: the server says what is missing.
const FEWEST = 2;
const MOST = 4;
let anchor = null;

const form = () => document.querySelector("[data-bulk]");
const boxes = () => [...(form()?.querySelectorAll('input[name="a"]') ?? [])];
const rowOf = (node) => node?.closest?.("[data-row], [data-card]");
const boxOf = (row) => row?.querySelector('input[name="a"]');

function refresh() {
  const bar = form()?.querySelector("[data-bulk-bar]");
  if (!bar) return;
  const everyone = bar.querySelector('input[name="everyone"]');
  const ticked = boxes().filter((box) => box.checked).length;
  const isAll = Boolean(everyone?.checked);
  bar.hidden = ticked === 0 && !isAll;
  const said = bar.querySelector("[data-bulk-count]");
  const words = isAll ? "Everybody who matches." : `${ticked} ticked.`;
  if (said.textContent !== words) said.textContent = words;
  const compare = bar.querySelector("[data-bulk-compare]");
  compare.disabled = isAll || ticked < FEWEST || ticked > MOST;
  compare.title = compare.disabled ? "Tick two to four applicants to see them side by side" : "";
}

function extend(to) {
  const all = boxes();
  const [from, until] = [all.indexOf(anchor), all.indexOf(to)];
  if (from < 0 || until < 0) return;
  for (const box of all.slice(Math.min(from, until), Math.max(from, until) + 1)) box.checked = to.checked;
}

document.addEventListener("click", (event) => {
  const box = event.target.closest?.('[data-bulk] input[name="a"]');
  if (!box) return;
  if (event.shiftKey && anchor) extend(box);
  anchor = box;
  refresh();
});
document.addEventListener("change", (event) => { if (event.target.closest?.("[data-bulk]")) refresh(); });
document.addEventListener("reset", (event) => { if (event.target.matches?.("[data-bulk]")) setTimeout(refresh); });

// X ticks the row that is pointed at or focused; before that, the first one. It is pressed by the rule for all keys.
function aim(row) {
  const box = boxOf(row);
  if (!box || box.dataset.key) return;
  for (const other of document.querySelectorAll('[data-bulk] [data-key="x"]')) {
    delete other.dataset.key;
    rowOf(other)?.classList.remove("is-aimed");
  }
  box.dataset.key = "x";
  row.classList.add("is-aimed");
}
document.addEventListener("focusin", (event) => aim(rowOf(event.target)));
document.addEventListener("mouseover", (event) => aim(rowOf(event.target)));

// Shift+J and Shift+K tick the next and the one before, and go there.
document.addEventListener("keydown", (event) => {
  if (!event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || !"JK".includes(event.key) || event.key.length !== 1) return;
  if (event.target.closest?.("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]")) return;
  const all = boxes();
  if (!all.length) return;
  const at = all.findIndex((box) => box.dataset.key === "x");
  if (at >= 0 && !all[at].checked) all[at].checked = true;
  const next = all[Math.min(all.length - 1, Math.max(0, at + (event.key === "J" ? 1 : -1)))];
  next.checked = true;
  anchor = next;
  next.focus();
  aim(rowOf(next));
  refresh();
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

function begin() {
  aim(rowOf(boxes()[0]));
  refresh();
}
document.addEventListener("htmx:afterSettle", begin);
window.addEventListener("pageshow", begin);
begin();
