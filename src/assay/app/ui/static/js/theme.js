// The theme switch: sets the attribute the styles read and remembers the choice in a cookie the server reads.
const YEAR = 365 * 24 * 60 * 60;

for (const group of document.querySelectorAll("[data-theme-switch]")) {
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    document.documentElement.dataset.theme = button.value;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `assay_theme=${button.value}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
    for (const other of group.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
  });
}
