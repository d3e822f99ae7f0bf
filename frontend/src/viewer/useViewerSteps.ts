import { useCallback, useEffect, useSyncExternalStore } from "react";
import { useOpenSequence } from "@/media/SequenceContext";
import type { MediaSequence } from "@/media/sequence";
import type { TileMedia } from "@/media/tileMedia";
import { useOpenMedia } from "./useOpenMedia";

const PRELOADED = [1, -1, 2, -2];
/** Held, so that the browser does not let go of what it has decoded. */
const ready = new Map<string, HTMLImageElement>();
const READY = 12;

function preload(url: string): void {
  if (ready.has(url)) return;
  const image = new Image();
  image.src = url;
  // What cannot be decoded shows itself when it is looked at.
  image.decode().catch(() => undefined);
  ready.set(url, image);
  for (const oldest of ready.keys()) {
    if (ready.size <= READY) break;
    ready.delete(oldest);
  }
}

const neverChanges = () => () => undefined;

interface Steps {
  tile: TileMedia | undefined;
  sequence: MediaSequence | undefined;
  open: (index: number) => void;
  position: { index: number; total: number } | undefined;
  previous: (() => void) | undefined;
  next: (() => void) | undefined;
}

/** The open item's place in the list behind it. `originalDate` finds it where only the address is known. */
export function useViewerSteps(id: string, originalDate: string | undefined): Steps {
  const sequence = useOpenSequence()?.sequence;
  const openMedia = useOpenMedia();
  useSyncExternalStore(sequence?.subscribe ?? neverChanges, () => sequence?.getVersion() ?? 0);
  const index = sequence?.indexOf(id);

  useEffect(() => {
    if (index === undefined && sequence && originalDate) void sequence.locate(id, originalDate).catch(() => undefined);
  }, [sequence, index, id, originalDate]);

  useEffect(() => {
    if (index === undefined || !sequence) return;
    for (const offset of PRELOADED) {
      const neighbour = index + offset;
      if (neighbour < 0 || neighbour >= sequence.total) continue;
      void sequence.load(neighbour).then((media) => {
        if (media) preload(media.largeUrl);
      });
    }
  }, [sequence, index]);

  const step = useCallback(async (to: number) => {
    const media = sequence?.itemAt(to) ?? (await sequence?.load(to));
    if (media) openMedia(media.id, { replace: true });
  }, [sequence, openMedia]);

  const open = (to: number) => void step(to);
  if (!sequence || index === undefined) return { sequence, open, tile: undefined, position: undefined, previous: undefined, next: undefined };
  return {
    sequence,
    open,
    tile: sequence.itemAt(index),
    position: { index, total: sequence.total },
    previous: index > 0 ? () => void step(index - 1) : undefined,
    next: index < sequence.total - 1 ? () => void step(index + 1) : undefined,
  };
}
