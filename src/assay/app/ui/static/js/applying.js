// The form in place: a chosen résumé is sent at once, read, and fills the fields that are still empty.
// Without this file the same page does it in two steps.
const form = document.querySelector("[data-apply]");

function say(text, isWrong = false) {
  const status = form.querySelector("[data-apply-status]");
  status.textContent = text;
  status.classList.toggle("is-wrong", isWrong);
}

function fill(fields) {
  const filled = [];
  for (const [name, text] of Object.entries(fields)) {
    const field = form.elements.namedItem(name);
    if (!text || !field || (field.value.trim() && !field.dataset.fromFile)) continue;
    field.value = text;
    field.dataset.fromFile = "yes";
    filled.push(name);
    noteFilled();
    const help = document.getElementById(`id_${name}-help`) ?? note(field);
    if (help) help.textContent = "Read from your résumé. Change it if it is not right.";
  }
  return filled;
}

// Which fields still say what the file says goes with the form, so that a page shown again still tells it.
function noteFilled() {
  form.elements.namedItem("from_file").value = [...form.querySelectorAll("[data-from-file]")].map((field) => field.name).join(" ");
}

// The browser's own "No file chosen" is not true any more once the file is here.
function showHeld() {
  form.querySelector("[data-apply-file]").classList.add("is-held");
  form.querySelector(".apply-choose span").textContent = "Choose another file";
}

function note(field) {
  const help = document.createElement("p");
  help.className = "help";
  help.id = `${field.id}-help`;
  field.before(help);
  field.setAttribute("aria-describedby", help.id);
  return help;
}

let current = 0;

function send(file) {
  const turn = ++current;
  const progress = form.querySelector("[data-apply-progress]");
  const body = new FormData();
  body.append("form", form.elements.namedItem("form").value);
  body.append("resume", file, file.name);
  const request = new XMLHttpRequest();
  request.open("POST", form.dataset.resumeUrl);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable && event.loaded < event.total) progress.value = (100 * event.loaded) / event.total;
    else progress.removeAttribute("value");
  });
  request.addEventListener("loadend", () => {
    if (turn !== current) return;
    progress.hidden = true;
    const answer = request.response;
    if (!answer) return say("The file did not get through. Choose it again, or send it with the form.", true);
    if (answer.problem) return say(answer.problem, true);
    form.querySelector("[data-resume-token]").value = answer.token;
    form.elements.namedItem("resume").value = "";
    showHeld();
    const count = fill(answer.fields).length;
    const told = count ? `${count} ${count === 1 ? "field was" : "fields were"} filled in from it below; check them.` : "";
    say(`${answer.name} is here. ${answer.note || told || "Nothing was left to fill in."}`);
  });
  progress.hidden = false;
  progress.value = 0;
  say(`Reading ${file.name} …`);
  request.send(body);
}

if (form) {
  const input = form.elements.namedItem("resume");
  const zone = form.querySelector("[data-apply-file]");
  form.querySelector("[data-apply-read]").hidden = true;
  if (form.querySelector("[data-resume-token]").value) showHeld();
  for (const name of form.elements.namedItem("from_file").value.split(" ").filter(Boolean)) form.elements.namedItem(name).dataset.fromFile = "yes";
  form.addEventListener("input", (event) => {
    if (!event.target.dataset.fromFile) return;
    delete event.target.dataset.fromFile;
    noteFilled();
  });
  input.addEventListener("change", () => input.files[0] && send(input.files[0]));
  for (const kind of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.toggle("is-over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files[0]) send(event.dataTransfer.files[0]);
    });
  }
  // A double click sends one form; the server stores one in any case.
  form.addEventListener("submit", () => setTimeout(() => { form.querySelector("[data-apply-send]").disabled = true; }));
  addEventListener("pageshow", () => { form.querySelector("[data-apply-send]").disabled = false; });
}
