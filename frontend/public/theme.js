// A blocking script of its own: the theme must be known before the first paint, and the
// Content-Security-Policy allows no inline script. src/theme/theme.ts and src/settings/motion.ts are the other half.
(function () {
  var choice = "system";
  try {
    choice = localStorage.getItem("theme") || "system";
    document.documentElement.toggleAttribute("data-reduced-motion", localStorage.getItem("motion") === "reduced");
  } catch {
    // Storage can be forbidden; the system's theme is then right.
  }
  var dark = choice === "dark" || (choice === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
