import { type ComponentType, lazy } from "react";

/** The first pictures come before what nobody has asked for yet. */
const SOON_MS = 1500;

/**
 * Something that lies over a screen, in a script of its own: loaded with its first use, or a moment after the start, so
 * that it opens at once, and also when the server has gone away since.
 */
export function part<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  setTimeout(() => void load().catch(() => undefined), SOON_MS);
  return lazy(async () => ({ default: await load() }));
}
