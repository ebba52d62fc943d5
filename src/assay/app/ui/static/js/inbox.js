// J and K step through what waits, Enter opens it, L offers to put it off.
const rows = () => [...document.querySelectorAll("[data-inbox-item]")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open], [popover]:popover-open")) return;
  if (event.target.closest?.("input, textarea, select")) return;
  const key = event.key.toLowerCase();
  if (!"jkl".includes(key) || key.length !== 1) return;
  const all = rows();
  const here = all.indexOf(document.activeElement?.closest("[data-inbox-item]"));
  if (key === "l") {
    if (here < 0) return;
    all[here].querySelector("[data-inbox-later]")?.click();
  } else {
    const next = all[here < 0 ? 0 : here + (key === "j" ? 1 : -1)];
    if (!next) return;
    next.querySelector("a").focus();
    next.scrollIntoView({ block: "nearest" });
  }
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
