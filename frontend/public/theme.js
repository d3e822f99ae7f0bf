// A blocking script of its own: the theme must be known before the first paint, and the
// Content-Security-Policy allows no inline script. src/theme/theme.ts is the other half.
(function () {
  var choice = "system";
  try {
    choice = localStorage.getItem("theme") || "system";
  } catch {
    // Storage can be forbidden; the system's theme is then right.
  }
  var dark = choice === "dark" || (choice === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
