// A letter being written is kept as a draft after each pause; a lost connection is said and tried again.
const PAUSE_MS = 1200;
const AGAIN_MS = 5000;
let timer = 0;
let isDirty = false;
let isLeaving = false;

const form = () => document.querySelector("form[data-compose]");

function say(text) {
  const place = document.querySelector("[data-saved]");
  if (place) place.textContent = text;
}

function tellWriters(names) {
  const place = document.querySelector("[data-writing]");
  if (!place) return;
  place.hidden = names.length === 0;
  place.textContent = names.length ? `${names.join(" and ")} ${names.length === 1 ? "is" : "are"} writing to this candidate, too.` : "";
}

async function keep() {
  const written = form();
  if (!written || !isDirty || isLeaving) return;
  isDirty = false;
  try {
    const answer = await fetch(written.dataset.draftUrl, {
      method: "POST", body: new FormData(written), headers: { Accept: "application/json" }, keepalive: true, credentials: "same-origin",
    });
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (answer.status === 422) { say(told.problem ?? "Not kept."); return; }
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    say(told.saved ? `Draft kept at ${new Date(told.saved).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}` : "");
    tellWriters(told.writing ?? []);
  } catch {
    isDirty = true;
    say("Not kept: no connection. Your words stay here; it is tried again.");
    later(AGAIN_MS);
  }
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(keep, wait);
}

document.addEventListener("input", (event) => {
  const written = event.target.closest?.("form[data-compose]");
  if (!written) return;
  if (event.target.name === "send_at") written.querySelector('[name="when"][value="at"]').checked = true;
  isDirty = true;
  later(PAUSE_MS);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches?.("form[data-compose]") || event.submitter?.hasAttribute("hx-post")) return;
  isLeaving = true;
  clearTimeout(timer);
});

addEventListener("pagehide", keep);
