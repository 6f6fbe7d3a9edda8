// The letter's preview: as wide as a phone or a desk, light or dark.
const look = document.querySelector("[data-letter-look]");
const frame = look?.querySelector("iframe");
look?.addEventListener("click", (event) => {
  const tab = event.target.closest("nav a");
  if (!tab) return;
  event.preventDefault();
  if ("dark" in tab.dataset) {
    const dark = tab.toggleAttribute("aria-current");
    frame.src = `${frame.dataset.src}?${dark ? "dark" : "light"}`;
    return;
  }
  look.querySelectorAll("[data-width]").forEach((other) => other.removeAttribute("aria-current"));
  tab.setAttribute("aria-current", "page");
  frame.style.width = `${tab.dataset.width}px`;
});
