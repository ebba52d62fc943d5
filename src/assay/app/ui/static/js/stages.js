// The plan of a job: rows dragged into order write their places into the fields, which work without this too.

const rows = document.querySelector("[data-stage-rows]");

function number() {
  rows.querySelectorAll("[data-stage-place]").forEach((field, index) => {
    field.value = String(index + 1);
  });
}

if (rows && window.Sortable) {
  rows.classList.add("is-sortable");
  window.Sortable.create(rows, { handle: "[data-stage-grip]", animation: 120, onEnd: number });
}
