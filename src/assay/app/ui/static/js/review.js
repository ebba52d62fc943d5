// The review queue: verdicts lead to their quotes, digits pick reasons, the next candidate is at hand before it is asked for.
const FLASH_MS = 1800;
const FRESH_MS = 45_000;
const PHONE = matchMedia("(width < 60rem)");
let evidenceAt = -1;
let pane = "document";
let ahead = null;

const review = () => document.getElementById("review");
const quotesOf = (id) => [...document.querySelectorAll(`[data-quote-id~="${CSS.escape(id)}"]`)];

function choosePane(name) {
  const panes = review();
  if (!panes) return;
  pane = name;
  panes.dataset.pane = name;
  for (const tab of panes.querySelectorAll("[data-pane-tab]")) tab.toggleAttribute("aria-current", tab.dataset.paneTab === name);
  panes.querySelector(`[data-pane-tab="${name}"]`)?.setAttribute("aria-current", "true");
}

function show(quotes) {
  document.querySelectorAll(".is-found").forEach((mark) => mark.classList.remove("is-found"));
  if (!quotes.length) return false;
  if (PHONE.matches) choosePane("document");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  quotes[0].scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
  quotes[0].focus?.({ preventScroll: true });
  for (const mark of quotes) {
    mark.classList.add("is-found");
    setTimeout(() => mark.classList.remove("is-found"), FLASH_MS);
  }
  return true;
}

function showNextEvidence() {
  const marks = [...document.querySelectorAll("[data-quote-id]")];
  const ids = [...new Set(marks.map((mark) => mark.dataset.quoteId.split(" ")[0]))];
  if (ids.length) show(quotesOf(ids[evidenceAt = (evidenceAt + 1) % ids.length]));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-quote-target]");
  if (link && show(quotesOf(link.dataset.quoteTarget))) { event.preventDefault(); return; }
  const tab = event.target.closest("[data-pane-tab]");
  if (tab && PHONE.matches) { event.preventDefault(); choosePane(tab.dataset.paneTab); return; }
  if (event.target.closest("[data-next-evidence]")) showNextEvidence();
});

// A click on a highlight leads the other way: to what it counts for.
document.addEventListener("click", (event) => {
  const mark = event.target.closest("[data-quote-id]");
  if (!mark) return;
  for (const id of mark.dataset.quoteId.split(" ")) {
    const counts = document.querySelector(`.review-criteria [data-quote-target="${CSS.escape(id)}"]`);
    if (!counts) continue;
    if (PHONE.matches) choosePane("criteria");
    counts.scrollIntoView({ block: "nearest" });
    counts.focus({ preventScroll: true });
    return;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const dialog = document.querySelector("dialog[open]");
  if (dialog && /^[1-9]$/.test(event.key) && !event.target.closest("textarea, input:not([type=radio], [type=checkbox])")) {
    const choice = dialog.querySelector(`[data-digit="${event.key}"]`);
    if (choice) { choice.click(); choice.focus(); event.preventDefault(); }
  } else if (!dialog && event.key === "Enter" && !event.target.closest("a, button, input, select, textarea, summary")) {
    document.querySelector("[data-review-open]")?.click();
  }
});

// A rejection rests on something: asked here, so that nothing typed is lost, and again by the server and the database.
document.addEventListener("submit", (event) => {
  const evidence = event.target.querySelector(".reject-evidence");
  if (!evidence) return;
  const isMissing = !evidence.querySelector("input:checked");
  evidence.querySelector("[data-evidence-missing]").hidden = !isMissing;
  if (!isMissing) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  evidence.querySelector("input").focus();
}, true);

// The next candidate is fetched ahead, with its page pictures, and kept in memory alone until something is decided.
function fetchAhead() {
  const next = document.querySelector("[data-review-next]");
  const url = next?.getAttribute("hx-get");
  if (!url || ahead?.url === url) return;
  ahead = null;
  fetch(url, { headers: { "HX-Request": "true" }, priority: "low" }).then(async (answer) => {
    if (!answer.ok) return;
    const html = await answer.text();
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const picture of page.querySelectorAll("[data-review-document] img")) new Image().src = picture.getAttribute("src");
    if (document.querySelector("[data-review-next]")?.getAttribute("hx-get") === url) ahead = { url, html, at: Date.now() };
  }).catch(() => {});
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const { verb, path } = event.detail.requestConfig;
  if (verb !== "get") { ahead = null; return; }
  if (ahead?.url !== path || Date.now() - ahead.at > FRESH_MS) return;
  event.preventDefault();
  const { html } = ahead;
  ahead = null;
  htmx.swap("#review", html, { swapStyle: "outerHTML" });
  history.pushState({ htmx: true }, "", path);
});

const later = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));
function settle() {
  const panes = review();
  if (!panes) return;
  evidenceAt = -1;
  panes.classList.add("has-panes");
  choosePane(pane === "list" ? "document" : pane);
  panes.querySelector(".review-item[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  later(fetchAhead);
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt?.id !== "review" && event.target.id !== "review") return;
  review()?.querySelector("[data-review-name]")?.focus({ preventScroll: true });
  settle();
});

const region = document.getElementById("toasts");
document.querySelectorAll("main [data-toast]").forEach((toast) => region?.append(toast));
if (location.hash.length > 1) show(quotesOf(decodeURIComponent(location.hash.slice(1))));
settle();
