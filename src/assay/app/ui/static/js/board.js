// The board: cards moved by hand, by the menu or by keys. A card is put where it is dropped at once; if the server says
// no (somebody was faster, interviews are not open), it goes to where it truly stands and the answer is shown.
const board = () => document.querySelector("[data-board]");
const canMove = () => board()?.hasAttribute("data-can-move");
const listOf = (stageId) => board()?.querySelector(`.cards[data-stage="${CSS.escape(String(stageId))}"]`);
const lists = () => [...(board()?.querySelectorAll(".cards") ?? [])];
const token = () => document.querySelector('[data-bulk] input[name="csrfmiddlewaretoken"]')?.value ?? "";
const moveUrl = (card) => card.querySelector(".card-move").getAttribute("href");
const turns = new WeakMap();
const running = new WeakMap();
let picked = null;

async function ask(url, fields) {
  const answer = await fetch(url, {
    method: "POST", credentials: "same-origin", body: new URLSearchParams(fields),
    headers: { Accept: "application/json", "X-CSRFToken": token() },
  });
  if (!(answer.headers.get("Content-Type") ?? "").includes("json")) throw new Error(String(answer.status));
  return { isDone: answer.ok, said: await answer.json() };
}

function put(card, list, before = null) {
  list.insertBefore(card, before?.parentElement === list ? before : list.firstElementChild);
}

// What moves changes must not jump under the person: everything stays scrolled as it was. With the keys the card that
// has the focus is brought into sight again; where it is not shown, the one that stood beside it has the focus.
function keepingPlace(card, beside, change) {
  const kept = [board(), ...lists()].map((one) => [one, one.scrollLeft, one.scrollTop]);
  const [left, top] = [scrollX, scrollY];
  const hadFocus = card.contains(document.activeElement) || document.activeElement === document.body;
  change();
  for (const [one, across, down] of kept) one.scrollTo({ left: across, top: down, behavior: "instant" });
  scrollTo({ left, top, behavior: "instant" });
  if (!hadFocus) return;
  const target = card.isConnected && card.checkVisibility() ? card : beside?.isConnected ? beside : board()?.querySelector(".card");
  const name = target?.querySelector(".card-name");
  (name ?? board())?.focus({ preventScroll: true });
  if (name?.matches(":focus-visible")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
}

const besides = (card) => [card.nextElementSibling, card.previousElementSibling].find((one) => one?.matches(".card")) ?? null;
const byNumber = (list, ids) => (ids ?? "").split(" ").filter(Boolean).map((id) => list.querySelector(`[data-card="${id}"]`));

// Puts a card where the order of its column has it, and says in words where that is.
function place(card, mark) {
  const list = mark && listOf(mark.place);
  if (!list || mark.before === undefined) {
    card.remove();
    return { more: "The filter leaves them out here.", link: { href: card.querySelector(".card-name").getAttribute("href"), label: "Open" } };
  }
  const [before, after] = [byNumber(list, mark.before), byNumber(list, mark.after)];
  const next = after.find(Boolean);
  const last = before.find(Boolean);
  const rest = list.querySelector(":scope > .cards-more");
  if (next) list.insertBefore(card, next);
  else if (!before.length) put(card, list);
  else if (last && (last === before[0] || !rest)) last.after(card);
  else if (!rest) list.append(card);
  else {
    card.remove();
    return { more: `Further down there${mark.number ? `, number ${mark.number}` : ""}.`, link: { href: mark.list, label: "Show it there" } };
  }
  return { more: mark.number ? `Number ${mark.number} there.` : "", link: null };
}

async function move(card, list, home) {
  const turn = (turns.get(card) ?? 0) + 1;
  turns.set(card, turn);
  card.setAttribute("aria-busy", "true");
  const sent = (running.get(card) ?? Promise.resolve()).then(() => send(card, list, home, () => turns.get(card) === turn));
  running.set(card, sent);
  await sent;
}

async function send(card, list, home, isLast) {
  try {
    const { isDone, said } = await ask(moveUrl(card), { to_stage: list.dataset.stage, revision: card.dataset.revision });
    card.dataset.revision = said.revision;
    card.classList.toggle("is-refused", !isDone);
    // A card that already goes on is put in place by its last move.
    if (isLast()) await arrive(card, said, isDone, home.beside);
    else if (!isDone) tell(said.message, { link: said.link, isWrong: true });
  } catch {
    keepingPlace(card, null, () => put(card, home.list, home.before));
    tell("The move did not reach the server, so the card is back. Nothing was changed; try again.", { isWrong: true });
    const mark = await refresh(card);
    if (mark) keepingPlace(card, home.beside, () => place(card, mark));
  }
  if (isLast()) card.removeAttribute("aria-busy");
}

// After the server's word: figures, the card and its place are exact, and one message says all of it.
async function arrive(card, said, isDone, beside) {
  const own = listOf(said.stage_id);
  if (own && card.parentElement !== own) keepingPlace(card, beside, () => put(card, own));
  const mark = await refresh(card);
  let where = { more: "", link: null };
  if (mark) keepingPlace(card, beside, () => { where = place(card, mark); });
  card.classList.add("is-placed");
  const more = isDone || where.link ? where.more : "";
  tell([said.message, more].filter(Boolean).join(" "), { undoUrl: said.undo_url, link: said.link ?? where.link, isWrong: !isDone, card });
}

function tell(message, { undoUrl = "", link = null, isWrong = false, card = null }) {
  const toast = document.createElement("div");
  toast.className = isWrong ? "toast is-wrong" : "toast";
  toast.dataset.toast = "";
  if (!isWrong) toast.dataset.toastSeconds = "10";
  const text = document.createElement("p");
  text.textContent = message;
  if (link) {
    const anchor = document.createElement("a");
    anchor.href = link.href;
    anchor.textContent = link.label;
    text.append(" ", anchor);
  }
  toast.append(text);
  if (undoUrl) {
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "button is-quiet";
    undo.dataset.key = "z";
    undo.textContent = "Undo";
    undo.addEventListener("click", () => takeBack(undoUrl, card, toast));
    toast.append(undo);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.className = "icon-button";
  close.dataset.toastClose = "";
  close.setAttribute("aria-label", "Dismiss");
  close.textContent = "×";
  toast.append(close);
  document.getElementById("toasts").append(toast);
}

async function takeBack(undoUrl, moved, toast) {
  toast.remove();
  const card = board()?.querySelector(`[data-card="${moved.dataset.card}"]`) ?? moved;
  try {
    const { isDone, said } = await ask(undoUrl, {});
    card.dataset.revision = said.revision;
    await arrive(card, said, isDone, besides(card));
  } catch {
    tell("The undo did not reach the server. Nothing was changed; try again.", { isWrong: true });
    await refresh(card);
  }
}

// Heads, counts and the card itself come from the server again, so that every number and word is exact after a move.
// Answers with the card's place, or null when it is not known or not that of this revision.
async function refresh(card) {
  const here = board();
  const answer = await fetch(`${here.dataset.figures}&card=${card.dataset.card}`, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return null;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const head of fresh.querySelectorAll("[data-head]")) {
    here.querySelector(`[data-head="${head.dataset.head}"]`)?.replaceWith(head);
    const tab = document.querySelector(`[data-board-tab="${head.dataset.head}"] .count`);
    if (tab) tab.textContent = head.querySelector(".column-count").firstChild.textContent;
  }
  for (const count of fresh.querySelectorAll("[data-group-count]")) {
    const shown = here.querySelector(`[data-group-count="${count.dataset.groupCount}"]`);
    if (shown) shown.textContent = count.textContent;
  }
  const again = fresh.querySelector(`[data-card="${card.dataset.card}"]`);
  if (!again || again.dataset.revision !== card.dataset.revision) return null;
  const hadFocus = card.contains(document.activeElement);
  const isTicked = card.querySelector("input").checked;
  card.replaceChildren(...again.childNodes);
  card.querySelector("input").checked = isTicked;
  if (hadFocus) card.querySelector(".card-name").focus({ preventScroll: true });
  return { ...fresh.querySelector("[data-place]")?.dataset };
}

// Dragging, by mouse and by touch (a short press first, so that a finger can still scroll).
function makeSortable() {
  if (!canMove() || typeof globalThis.Sortable === "undefined") return;
  for (const list of lists()) {
    if (list.dataset.sortable) continue;
    list.dataset.sortable = "yes";
    let before = null;
    let beside = null;
    globalThis.Sortable.create(list, {
      group: "board", sort: false, draggable: ".card", ghostClass: "is-ghost", delay: 180, delayOnTouchOnly: true, animation: 120, filter: "input", preventOnFilter: false,
      onStart: (event) => { before = event.item.nextElementSibling; beside = besides(event.item); },
      onEnd: (event) => {
        if (event.to === event.from) return;
        event.item.querySelector(".card-name").focus({ preventScroll: true });
        move(event.item, event.to, { list: event.from, before, beside });
      },
    });
  }
}

// "Move to…" and S: one dialog for every card. Arrows choose in it, digits too; Enter moves.
function openPicker(card) {
  const dialog = document.getElementById("move-dialog");
  if (!dialog || !card) return;
  picked = card;
  const here = card.parentElement.dataset.stage;
  dialog.querySelector("[data-move-name]").textContent = `${card.querySelector(".card-name").textContent}, now in ${card.parentElement.dataset.stageName}.`;
  const radios = [...dialog.querySelectorAll('input[name="to_stage"]')];
  for (const radio of radios) radio.disabled = radio.value === here;
  const at = radios.findIndex((radio) => radio.value === here);
  const first = radios[at + 1] ?? radios[at - 1];
  if (first) first.checked = true;
  dialog.showModal();
  first?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-board] .card-move");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openPicker(link.closest(".card"));
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches?.("[data-move-form]") || !picked) return;
  const chosen = event.target.querySelector('input[name="to_stage"]:checked:not(:disabled)');
  const list = chosen && listOf(chosen.value);
  if (list) moveTo(picked, list);
  picked = null;
});

function moveTo(card, list) {
  const home = { list: card.parentElement, before: card.nextElementSibling, beside: besides(card) };
  card.querySelector(".card-name").focus({ preventScroll: true });
  keepingPlace(card, home.beside, () => put(card, list));
  move(card, list, home);
}

const aimed = () => document.activeElement?.closest?.(".card") ?? board()?.querySelector(".card.is-aimed") ?? board()?.querySelector(".card");

function go(card, key) {
  const cards = [...card.parentElement.querySelectorAll(".card")];
  const at = cards.indexOf(card);
  if (key === "ArrowDown" || key === "ArrowUp") return cards[at + (key === "ArrowDown" ? 1 : -1)];
  const all = lists().filter((list) => list === card.parentElement || list.querySelector(".card"));
  const next = all[all.indexOf(card.parentElement) + (key === "ArrowRight" ? 1 : -1)];
  const beside = next ? [...next.querySelectorAll(".card")] : [];
  return beside[Math.min(at, beside.length - 1)];
}

document.addEventListener("keydown", (event) => {
  const dialog = document.querySelector("dialog[open]");
  if (dialog?.id === "move-dialog" && /^[1-9]$/.test(event.key)) {
    const radio = dialog.querySelectorAll('input[name="to_stage"]')[Number(event.key) - 1];
    if (radio && !radio.disabled) { radio.checked = true; radio.focus(); }
    return;
  }
  if (!board() || dialog || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input:not([type=checkbox]), textarea, select, summary")) return;
  if (event.key === "s" && canMove()) {
    const several = document.querySelectorAll('[data-bulk] input[name="a"]:checked').length > 1;
    if (several) document.querySelector('[data-bulk-do][value="move"]').click();
    else openPicker(aimed());
  } else if (event.key.startsWith("Arrow") && event.target.closest?.(".card, [data-board], body") && aimed()) {
    const card = aimed();
    const isSideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
    if (event.shiftKey && isSideways && canMove()) {
      const all = lists();
      const list = all[all.indexOf(card.parentElement) + (event.key === "ArrowRight" ? 1 : -1)];
      if (!list) return;
      moveTo(card, list);
    } else if (!event.shiftKey && document.activeElement?.closest?.("[data-board]")) {
      go(card, event.key)?.querySelector(".card-name").focus();
    } else return;
  } else return;
  event.preventDefault();
}, false);

// A card that moved while its column was read on is there once: the newest stays.
function dropTwins() {
  const seen = new Set();
  for (const card of [...(board()?.querySelectorAll(".card") ?? [])].reverse()) {
    if (seen.has(card.dataset.card)) {
      const hadFocus = card.contains(document.activeElement);
      card.remove();
      if (hadFocus) board().querySelector(`[data-card="${card.dataset.card}"] .card-name`).focus({ preventScroll: true });
    }
    seen.add(card.dataset.card);
  }
}

function showTab() {
  const tabs = [...document.querySelectorAll("[data-board-tab]")];
  const at = tabs.find((tab) => tab.getAttribute("href") === location.hash) ?? tabs[0];
  for (const tab of tabs) tab.toggleAttribute("aria-current", tab === at);
  at?.scrollIntoView({ block: "nearest", inline: "center" });
}

function begin() { makeSortable(); dropTwins(); showTab(); }
document.addEventListener("htmx:afterSettle", begin);
window.addEventListener("hashchange", showTab);
begin();
