// A scorecard that saves itself, says so when it cannot, and is rated by key. And local times while arranging.
const WAIT_MS = 1200, AGAIN_MS = 5000;

for (const form of document.querySelectorAll("[data-scorecard]")) keepSaved(form);
for (const form of document.querySelectorAll("[data-times]")) showTimes(form);
// Once a card is handed in, this browser keeps nothing of it.
for (const done of document.querySelectorAll("[data-card-done]")) localStorage.removeItem(`assay:card:${done.dataset.cardDone}`);

function keepSaved(form) {
  const said = form.querySelector("[data-saved]");
  const text = form.querySelector("[data-saved-text]");
  const conflict = form.querySelector("[data-conflict]");
  const key = `assay:card:${form.dataset.keep}`;
  const control = (name) => form.elements.namedItem(name);
  let timer = 0, isSending = false, isStopped = false, isDirty = false;
  // What was sent and never answered, and the button that waits until it is clear what became of it.
  let unanswered = null, waiting = null;

  const say = (words, isLost = false) => { text.textContent = words; said.classList.toggle("is-lost", isLost); };
  const fields = () => [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "number", "writer", "turn", "add", "confirmed"].includes(name));
  const keepHere = () => { try { localStorage.setItem(key, JSON.stringify({ number: control("number").value, writer: control("writer").value, fields: fields() })); return true; } catch { return false; } };
  const forget = () => { try { localStorage.removeItem(key); } catch { /* a browser that keeps nothing has nothing to forget */ } };

  // Every page is a writer of its own, a copy of this tab too: else one would pass for the other.
  const takeTurn = () => { control("turn").value = Number(control("turn").value) + 1; };

  function beWriter() {
    control("writer").value = [...crypto.getRandomValues(new Uint8Array(8))].map((one) => one.toString(16).padStart(2, "0")).join("");
    control("turn").value = 0;
  }

  function turned() {
    takeTurn();
    return new URLSearchParams(new FormData(form)).toString();
  }

  function lost(words) {
    const isKept = keepHere();
    say(isKept ? `${words} Not saved, kept here in this browser. It is sent again by itself.` : `${words} Not saved. Leave this page open.`, true);
    later(AGAIN_MS);
  }

  function later(ms = WAIT_MS) {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(send, ms);
  }

  async function send({ isLast = false } = {}) {
    clearTimeout(timer);
    if (isStopped || !isDirty || (isSending && !isLast)) return;
    isSending = true;
    isDirty = false;
    // What was never answered goes out again as it was: only its own turn tells whether it had arrived.
    const isAgain = unanswered !== null && !isLast, body = isAgain ? unanswered : turned(), turn = control("turn").value;
    try {
      const answer = await fetch(form.dataset.draftUrl, { method: "POST", body, headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" }, redirect: "manual", keepalive: isLast });
      if (answer.status < 500) unanswered = null;
      if (answer.type === "opaqueredirect" || answer.status === 401) { isDirty = true; lost("You are signed out: sign in in another tab."); }
      else if (answer.status === 403) { isDirty = true; lost("This page is out of date: reload it to go on."); }
      else if (answer.status === 409 && (isLast || turn !== control("turn").value)) isDirty = true; // two sends of this page overtook each other
      else if (answer.status === 409) disagree(await answer.json());
      else if (answer.status === 422) refuse(await answer.json());
      else if (!answer.ok) throw new Error(String(answer.status));
      else if (isAgain) { isDirty = true; see((await answer.json()).number); }
      else saved(await answer.json());
    } catch {
      isDirty = true;
      unanswered ??= body;
      lost("No connection.");
    } finally {
      isSending = false;
    }
    if (waiting) goOn();
    if (isDirty && !isStopped) later(isAgain && unanswered === null ? 0 : said.classList.contains("is-lost") ? AGAIN_MS : WAIT_MS);
  }

  // Hands in what waited for an answer; without one, or with two versions to choose from, nothing is handed in.
  function goOn() {
    const { button } = waiting;
    waiting = null;
    if (!isStopped && unanswered === null) form.requestSubmit(button);
  }

  const see = (number) => { control("number").value = Math.max(number, Number(control("number").value)); };

  function saved(news) {
    see(news.number);
    if (!isDirty) forget();
    const at = new Date(news.saved_at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    say(`Draft saved at ${at}. Nobody else can read it.`);
  }

  function refuse(news) {
    keepHere();
    isStopped = Boolean(news.is_final);
    say(news.says + (isStopped ? " What you typed is kept in this browser." : ""), true);
  }

  function disagree(news) {
    isStopped = true;
    keepHere();
    const list = document.createElement("dl");
    list.className = "iv-theirs";
    for (const one of news.differs) {
      const label = document.createElement("dt");
      label.textContent = `${one.label}, saved elsewhere`;
      const theirs = document.createElement("dd");
      theirs.textContent = one.theirs || "(empty)";
      list.append(label, theirs);
    }
    const words = document.createElement("div");
    words.append(Object.assign(document.createElement("strong"), { textContent: `${news.says} ` }), list);
    const choices = Object.assign(document.createElement("div"), { className: "actions" });
    choices.append(choice("Keep what is on this page", () => { control("number").value = news.number; go(); }), choice("Take the saved one", () => { forget(); isDirty = false; location.reload(); }));
    words.append(choices);
    conflict.replaceChildren(words);
    conflict.hidden = false;
    conflict.scrollIntoView({ block: "nearest" });
    say("Not saved: choose which version counts.", true);
  }

  function choice(label, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button is-plain", textContent: label });
    button.addEventListener("click", act);
    return button;
  }

  function go() {
    conflict.hidden = true;
    isStopped = false;
    isDirty = true;
    send();
  }

  function comeBack() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(key)); } catch { return; }
    if (!kept) return;
    const now = new Map(fields());
    if (kept.fields.every(([name, value]) => name === "competency" || (now.get(name) ?? "").trim() === value.trim())) { forget(); return; }
    if (kept.number === control("number").value || kept.writer === form.dataset.draftWriter) { fill(kept.fields); isDirty = true; send(); return; }
    disagree({ says: "This browser kept words that were never saved, and something newer was saved since.", number: control("number").value, differs: fields().filter(([name]) => name !== "competency").filter(([name, value]) => (kept.fields.find(([other]) => other === name)?.[1] ?? "") !== value).map(([name, value]) => ({ label: name.replaceAll("_", " "), theirs: value })) });
    fill(kept.fields);
  }

  function fill(kept) {
    for (const [name, value] of kept) {
      const found = control(name);
      if (!found || name === "competency") continue;
      if (found instanceof RadioNodeList) found.value = value;
      else found.value = value;
    }
  }

  form.addEventListener("input", (event) => {
    if (event.target.name === "add") return;
    isDirty = true;
    if (!navigator.onLine) lost("No connection.");
    else later();
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if ((isSending || unanswered !== null) && !waiting) {
      event.preventDefault();
      waiting = { button: event.submitter };
      isDirty = true;
      send();
      return;
    }
    isStopped = true;
    takeTurn();
    keepHere();
  });
  addEventListener("online", () => { if (isDirty) send(); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && isDirty) { keepHere(); send({ isLast: true }); } });
  addEventListener("beforeunload", (event) => { if (isDirty && !isStopped && said.classList.contains("is-lost")) event.preventDefault(); });
  form.addEventListener("keydown", (event) => { if (!recommend(form, event)) rate(form, event); });
  beWriter();
  comeBack();
  const problem = form.closest("main").querySelector(".error-summary a");
  if (problem) problem.focus();
  else firstUnrated(form)?.focus({ preventScroll: true });
}

// The row to go on with, so that a level can be pressed as soon as the page is open.
function firstUnrated(form) {
  return [...form.querySelectorAll("[data-rate]")].find((group) => !group.querySelector("input[type=radio]:checked"))?.querySelector("input[type=radio]");
}

// Shift and 1 to 4 recommend, from no to yes; within the question 1 to 4 do so alone.
function recommend(form, event) {
  const group = form.querySelector("[data-recommend]");
  const place = /^(?:Digit|Numpad)([1-4])$/.exec(event.code);
  if (!group || !place || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, select, input:not([type=radio])")) return false;
  if (!event.shiftKey && !group.contains(event.target)) return false;
  const choice = group.querySelectorAll("input[type=radio]")[Number(place[1]) - 1];
  choice.click();
  choice.focus();
  event.preventDefault();
  event.stopPropagation();
  return true;
}

// 0 to 4 choose a level and go to the evidence, N says "not assessed" and goes on to the next.
function rate(form, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, select, input:not([type=radio])")) return;
  const group = event.target.closest("[data-rate]");
  const key = event.key.toLowerCase();
  if (!group || !/^[0-4n]$/.test(key)) return;
  const level = group.querySelector(`input[type=radio][value="${key === "n" ? "none" : key}"]`);
  level.click();
  const groups = [...form.querySelectorAll("[data-rate]")];
  const next = key === "n" ? groups[groups.indexOf(group) + 1]?.querySelector("input[type=radio]:checked, input[type=radio]") : group.querySelector("textarea");
  (next ?? level).focus();
  event.preventDefault();
  event.stopPropagation();
}

// The same moment for everybody concerned, while the form is filled in.
function showTimes(form) {
  const shown = form.querySelector("[data-times-shown]");
  const value = (name) => form.elements.namedItem(name)?.value ?? "";

  function moment(day, at, zone) {
    const guess = new Date(`${day}T${at}:00Z`);
    const parts = Object.fromEntries(new Intl.DateTimeFormat("en-GB", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).formatToParts(guess).map((part) => [part.type, part.value]));
    const seen = new Date(`${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:00Z`);
    return new Date(2 * guess.getTime() - seen.getTime());
  }

  function line(who, at, zone) {
    const hour = Number(new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" }).format(at));
    const words = new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit" }).format(at);
    const isOdd = hour < 8 || hour >= 19;
    return Object.assign(document.createElement("span"), { className: isOdd ? "is-odd" : "", textContent: `${who}: ${words}${isOdd ? ", outside usual hours" : ""}` });
  }

  function draw() {
    try {
      const at = moment(value("day"), value("at").slice(0, 5), value("time_zone"));
      const zone = value("candidate_zone");
      const people = [...form.querySelectorAll("[data-zone]:checked")].map((one) => line(one.dataset.name, at, one.dataset.zone));
      shown.replaceChildren(...(zone ? [line("The candidate", at, zone)] : []), ...people);
      shown.hidden = shown.childElementCount === 0;
    } catch {
      shown.hidden = true;
    }
  }
  form.addEventListener("input", draw);
  draw();
}
