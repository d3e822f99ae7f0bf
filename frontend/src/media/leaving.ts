import { useSyncExternalStore } from "react";

/** Items, or groups of them, that are on their way out of a list: hidden at once, shown again if the server refuses. */
let leaving: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function change(next: ReadonlySet<string>): void {
  leaving = next;
  for (const listener of listeners) listener();
}

const hide = (ids: readonly string[]) => change(new Set([...leaving, ...ids]));
export function unhide(ids: readonly string[]): void {
  const next = new Set(leaving);
  for (const id of ids) next.delete(id);
  change(next);
}

/** By then every list has been read anew, and what is hidden in it is really gone. */
const GONE_MS = 3000;

/** What leaves the list on screen is hidden before the server has answered. */
export async function hiding(ids: readonly string[], isDone: Promise<boolean>): Promise<boolean> {
  hide(ids);
  const done = await isDone;
  setTimeout(() => unhide(ids), done ? GONE_MS : 0);
  return done;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useLeaving = (): ReadonlySet<string> => useSyncExternalStore(subscribe, () => leaving);
