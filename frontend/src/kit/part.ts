import { type ComponentType, lazy } from "react";

/** The first pictures come before what nobody has asked for yet. */
const SOON_MS = 1500;
const AGAIN_MS = 2000;

/**
 * Something that lies over a screen, in a script of its own: loaded with its first use, or a moment after the start, so
 * that it opens at once, and also when the server has gone away since; with `isSoon` false, only with its first use.
 */
export function part<Props extends object>(load: () => Promise<ComponentType<Props>>, { isSoon = true } = {}) {
  if (isSoon) setTimeout(() => void load().catch(() => undefined), SOON_MS);
  return lazy(async () => ({ default: await patiently(load) }));
}

/** Until the server is there; one that is there and does not have it is another than this page came from. */
async function patiently<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (await isServerThere()) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

const isServerThere = (): Promise<boolean> => fetch("/health").then(({ ok }) => ok, () => false);
