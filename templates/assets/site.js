// The switch between light and dark; without a script the system's choice holds.
"use strict";
(() => {
  const root = document.documentElement;
  let kept = null;
  try { kept = localStorage.getItem("theme"); } catch { /* storage is off: the choice lasts a page */ }
  if (kept === "light" || kept === "dark") root.dataset.theme = kept;

  document.addEventListener("DOMContentLoaded", () => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => (root.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
    const button = document.createElement("button");
    const name = () => { button.textContent = isDark() ? button.dataset.light : button.dataset.dark; };
    const place = document.getElementById("theme");
    if (!place) return;
    button.type = "button";
    button.className = "theme";
    Object.assign(button.dataset, place.dataset);
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch { /* as above */ }
      name();
    });
    dark.addEventListener("change", name);
    name();
    place.replaceWith(button);
  });
})();
