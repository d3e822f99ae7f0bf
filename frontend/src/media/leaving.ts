import { useSyncExternalStore } from "react";

/** Items that are on their way out of a list: hidden at once, shown again if the server refuses. */
let leaving: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function change(next: ReadonlySet<string>): void {
  leaving = next;
  for (const listener of listeners) listener();
}

export const hide = (ids: readonly string[]) => change(new Set([...leaving, ...ids]));
export function unhide(ids: readonly string[]): void {
  const next = new Set(leaving);
  for (const id of ids) next.delete(id);
  change(next);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useLeaving = (): ReadonlySet<string> => useSyncExternalStore(subscribe, () => leaving);
