import { useCallback, useState } from "react";

/** A preference of this browser. */
export function usePersistent<Value>(key: string, fallback: Value, isValid: (value: unknown) => value is Value): [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
      return isValid(stored) ? stored : fallback;
    } catch {
      return fallback;
    }
  });
  const store = useCallback((next: Value) => {
    setValue(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Storage can be full or forbidden: the choice then lasts as long as the page.
    }
  }, [key]);
  return [value, store];
}
