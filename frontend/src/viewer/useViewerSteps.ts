import { useCallback, useEffect, useState } from "react";
import { useOpenSequence } from "@/media/SequenceContext";
import type { TileMedia } from "@/media/tileMedia";
import { useOpenMedia } from "./useOpenMedia";

const PRELOADED = [1, -1, 2];

interface Steps {
  tile: TileMedia | undefined;
  position: { index: number; total: number } | undefined;
  previous: (() => void) | undefined;
  next: (() => void) | undefined;
}

/** The open item's place in the list behind it. `originalDate` finds it where only the address is known. */
export function useViewerSteps(id: string, originalDate: string | undefined): Steps {
  const sequence = useOpenSequence()?.sequence;
  const openMedia = useOpenMedia();
  const [, setFoundAt] = useState<number>();
  const index = sequence?.indexOf(id);

  useEffect(() => {
    if (index === undefined && sequence && originalDate) void sequence.locate(id, originalDate).then(setFoundAt);
  }, [sequence, index, id, originalDate]);

  useEffect(() => {
    if (index === undefined || !sequence) return;
    for (const offset of PRELOADED) {
      const neighbour = index + offset;
      if (neighbour < 0 || neighbour >= sequence.total) continue;
      void sequence.load(neighbour).then((media) => {
        if (media) new Image().src = media.largeUrl;
      });
    }
  }, [sequence, index]);

  const step = useCallback(async (to: number) => {
    const media = sequence?.itemAt(to) ?? (await sequence?.load(to));
    if (media) openMedia(media.id, { replace: true });
  }, [sequence, openMedia]);

  if (!sequence || index === undefined) return { tile: undefined, position: undefined, previous: undefined, next: undefined };
  return {
    tile: sequence.itemAt(index),
    position: { index, total: sequence.total },
    previous: index > 0 ? () => void step(index - 1) : undefined,
    next: index < sequence.total - 1 ? () => void step(index + 1) : undefined,
  };
}
