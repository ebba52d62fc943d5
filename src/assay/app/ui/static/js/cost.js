// The cost desk: back to a default, a horizon by one press, what was unfolded stays so, wrong fields are named as such.

const form = document.querySelector("[data-cost]");
const answer = document.querySelector("#cost-answer");

const told = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

function showReset(row) {
  const boxes = [...row.querySelectorAll("input[data-usual]")];
  row.querySelector("[data-cost-reset]").hidden = boxes.every((box) => box.value.trim() === box.dataset.usual);
}

function markWrong() {
  for (const row of form.querySelectorAll("[data-cost-input]")) {
    const isWrong = row.querySelector(".cost-said .error") !== null;
    for (const box of row.querySelectorAll("input[data-usual]")) mark(box, isWrong);
  }
  for (const problem of form.querySelectorAll(".cost-problem")) {
    const field = problem.closest(".field");
    for (const box of field?.querySelectorAll("input, select") ?? []) mark(box, !problem.hidden);
  }
}

function mark(box, isWrong) {
  if (isWrong) box.setAttribute("aria-invalid", "true");
  else box.removeAttribute("aria-invalid");
}

if (form) {
  for (const row of form.querySelectorAll("[data-cost-input]")) showReset(row);
  const horizons = form.querySelector("[data-cost-horizons]");
  horizons.hidden = false;

  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-cost-input]");
    if (row) showReset(row);
  });

  form.addEventListener("click", (event) => {
    const reset = event.target.closest("[data-cost-reset]");
    if (reset) {
      const boxes = [...reset.closest("[data-cost-input]").querySelectorAll("input[data-usual]")];
      for (const box of boxes) box.value = box.dataset.usual;
      boxes[0].focus();
      told(boxes[0]);
    }
    const months = event.target.closest("[data-cost-months]");
    if (months) {
      const field = form.querySelector("[name=months]");
      field.value = months.dataset.costMonths;
      told(field);
    }
  });

  let unfolded = [];
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== answer) return;
    unfolded = [...answer.querySelectorAll("details")].map((one) => one.open);
  });
  document.body.addEventListener("htmx:afterSettle", () => markWrong());
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== answer) return;
    answer.querySelectorAll("details").forEach((one, place) => {
      one.open = unfolded[place] ?? false;
    });
  });
  document.body.addEventListener("htmx:oobAfterSwap", () => markWrong());
}
