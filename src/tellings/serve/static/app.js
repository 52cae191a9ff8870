"use strict";
// Ease only: keys through lists and to the views. Everything works without it.
document.addEventListener("DOMContentLoaded", () => {
  const items = () => [...document.querySelectorAll("[data-list] > li, [data-list] > tbody > tr")];
  const leading = (item) => item.querySelector("a.found, a.lead, a");
  let before = "";
  const step = (by) => {
    const found = items();
    if (!found.length) return;
    const at = found.findIndex((item) => item.classList.contains("on"));
    const next = found[at < 0 ? (by > 0 ? 0 : found.length - 1) : Math.min(Math.max(at + by, 0), found.length - 1)];
    found.forEach((item) => item.classList.toggle("on", item === next));
    leading(next)?.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.("input, select, textarea")) return;
    if (before === "g" && event.key === "s") location.assign("/stories");
    else if (before === "g" && event.key === "a") location.assign("/accounts");
    else if (items().length && event.key === "j") step(1);
    else if (items().length && event.key === "k") step(-1);
    else if (event.key === "/" && !document.getElementById("claims")) {
      const field = document.getElementById("search-words");
      if (field) field.focus();
      else location.assign("/search");
      event.preventDefault();
    }
    before = event.key;
  });
});
