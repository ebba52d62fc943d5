// The review queue: verdicts lead to their quotes, digits pick reasons, the next candidate is fetched before it is asked for.
const FLASH_MS = 1800;
let evidenceAt = -1;
let fading;

function show(quotes) {
  document.querySelectorAll(".is-found").forEach((mark) => mark.classList.remove("is-found"));
  if (!quotes.length) return false;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  quotes[0].scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
  quotes[0].focus?.({ preventScroll: true });
  for (const mark of quotes) mark.classList.add("is-found");
  clearTimeout(fading);
  fading = setTimeout(() => quotes.forEach((mark) => mark.classList.remove("is-found")), FLASH_MS);
  return true;
}
// A mark may stand for several quotes: its ids are separated by spaces.
const quotesOf = (id) => [...document.querySelectorAll(`[data-quote-id~="${CSS.escape(id)}"]`)];

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-quote-target]");
  if (link && show(quotesOf(link.dataset.quoteTarget))) { event.preventDefault(); return; }
  if (event.target.closest("[data-next-evidence]")) {
    const ids = [...new Set([...document.querySelectorAll("[data-quote-id]")].map((mark) => mark.dataset.quoteId.split(" ")[0]))];
    if (ids.length) show(quotesOf(ids[evidenceAt = (evidenceAt + 1) % ids.length]));
  }
});

document.addEventListener("keydown", (event) => {
  const dialog = document.querySelector("dialog[open]");
  if (!dialog || !/^[1-9]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("textarea, input:not([type=radio], [type=checkbox])")) return;
  const choice = dialog.querySelector(`[data-digit="${event.key}"]`);
  if (choice) { choice.click(); choice.focus(); event.preventDefault(); }
});

// The server lets a fetched pane live for some seconds (Cache-Control: private, max-age), so htmx then finds it at hand.
function prefetch() {
  document.querySelector(".review-item[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  const next = document.querySelector("[data-review-next]");
  const url = next?.getAttribute("hx-get");
  if (!url) return;
  const headers = { "HX-Request": "true", "HX-Target": next.getAttribute("hx-target")?.replace("#", "") ?? "" };
  fetch(url, { headers, priority: "low" }).then((answer) => answer.text()).then((html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const image of page.querySelectorAll("[data-review-document] img")) new Image().src = image.getAttribute("src");
  }).catch(() => {});
}
const later = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));
later(prefetch);
document.addEventListener("htmx:afterSettle", (event) => {
  if (!event.target.closest("[data-review]")) return;
  evidenceAt = -1;
  later(prefetch);
});
