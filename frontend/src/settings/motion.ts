const KEY = "motion";

/** public/theme.js, which runs before the first paint, reads the same key. */
export const isMotionReduced = (): boolean => localStorage.getItem(KEY) === "reduced";

export function reduceMotion(reduced: boolean): void {
  if (reduced) localStorage.setItem(KEY, "reduced");
  else localStorage.removeItem(KEY);
  document.documentElement.toggleAttribute("data-reduced-motion", reduced);
}
