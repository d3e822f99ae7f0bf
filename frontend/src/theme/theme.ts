import { useSyncExternalStore } from "react";

export const THEME_CHOICES = ["light", "dark", "system"] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

// public/theme.js, which runs before the first paint, reads the same key.
const KEY = "theme";
const prefersDark = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : undefined;
const listeners = new Set<() => void>();

export function readTheme(): ThemeChoice {
  const stored = localStorage.getItem(KEY);
  return THEME_CHOICES.find((choice) => choice === stored) ?? "system";
}

export function resolveTheme(choice: ThemeChoice, isSystemDark: boolean): "light" | "dark" {
  if (choice === "system") return isSystemDark ? "dark" : "light";
  return choice;
}

export function chooseTheme(choice: ThemeChoice): void {
  localStorage.setItem(KEY, choice);
  apply();
}

function apply(): void {
  document.documentElement.dataset.theme = resolveTheme(readTheme(), prefersDark?.matches ?? false);
  for (const listener of listeners) listener();
}

prefersDark?.addEventListener("change", apply);
globalThis.addEventListener?.("storage", ({ key }) => key === KEY && apply());

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTheme = (): ThemeChoice => useSyncExternalStore(subscribe, readTheme);
export const useResolvedTheme = (): "light" | "dark" => useSyncExternalStore(subscribe, () => resolveTheme(readTheme(), prefersDark?.matches ?? false));
