// While the verdict is swapped as one types: what was unfolded stays unfolded; a fix or a tip hands the focus to the
// verdict it made; a link to a fact unfolds the list.
const folds = () => document.querySelectorAll("#verdict details[id], #made details[id]");
let unfolded = new Set();

document.addEventListener("htmx:beforeSwap", () => { unfolded = new Set([...folds()].filter((one) => one.open).map((one) => one.id)); });
document.addEventListener("htmx:afterSettle", () => { for (const one of folds()) if (unfolded.has(one.id)) one.open = true; });

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "compiler") document.getElementById("verdict").focus({ preventScroll: true });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#fact-"]');
  const list = link && document.querySelector(link.hash)?.closest("details");
  if (list) list.open = true;
});
