// The command palette: Ctrl+K or Cmd+K opens it, arrows choose, Enter goes. Answers that come late are dropped.
const dialog = document.getElementById("palette");
const box = dialog?.querySelector("[data-palette]");
const list = dialog?.querySelector("#palette-hits");
let asked = 0;
let timer = 0;

async function ask() {
  const mine = ++asked;
  try {
    const response = await fetch(`${box.dataset.palette}?q=${encodeURIComponent(box.value)}`, { headers: { "HX-Request": "true" } });
    if (mine !== asked) return;
    if (!response.ok) throw new Error(response.statusText);
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    list.replaceChildren(...answer.body.children);
    choose(0);
  } catch {
    if (mine === asked) list.replaceChildren(said("The server did not answer. Try again."));
  }
}

function said(words) {
  const line = document.createElement("li");
  line.role = "presentation";
  line.className = "palette-none";
  line.textContent = words;
  return line;
}

const hits = () => [...list.querySelectorAll("[role=option]")];
function choose(index) {
  const all = hits();
  all.forEach((hit, at) => hit.setAttribute("aria-selected", String(at === index)));
  const chosen = all[index];
  if (chosen) {
    box.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  } else box.removeAttribute("aria-activedescendant");
}

function open() {
  if (!dialog || dialog.open || document.querySelector("dialog[open]")) return;
  dialog.showModal();
  box.value = "";
  box.focus();
  ask();
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    if (dialog?.open) dialog.close();
    else open();
  }
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-palette-open]")) {
    event.preventDefault();
    event.target.closest("[popover]:popover-open")?.hidePopover();
    open();
  }
});
box?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, 120);
});
box?.addEventListener("keydown", (event) => {
  const all = hits();
  const at = all.findIndex((hit) => hit.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    choose((at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % (all.length || 1));
  } else if (event.key === "Enter" && all[at]) {
    event.preventDefault();
    all[at].querySelector("a").click();
  }
});
