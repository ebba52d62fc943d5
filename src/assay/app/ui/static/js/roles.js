// While the verdict is swapped as one types: what was unfolded stays unfolded; a fix or a tip hands the focus to the
// verdict it made.
const folds = () => document.querySelectorAll("#verdict details[id], #made details[id]");
let unfolded = new Set();

document.addEventListener("htmx:beforeSwap", () => { unfolded = new Set([...folds()].filter((one) => one.open).map((one) => one.id)); });
document.addEventListener("htmx:afterSettle", () => { for (const one of folds()) if (unfolded.has(one.id)) one.open = true; });

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "compiler") document.getElementById("verdict").focus({ preventScroll: true });
});
