import type { DragEvent } from "react";
import { isTouch } from "@/kit/touch";
import { endMediaDrag, startMediaDrag } from "@/media/drag";
import { idsOf } from "@/media/ids";
import type { GridModel } from "@/timeline/model";
import { isChosen, sizeOf } from "./selection";
import { useSelection } from "./SelectionContext";

/** A tile that is dragged takes the selection along, if it is part of it. */
export function useDragMedia(model: GridModel, folderId: string | undefined) {
  const { selection } = useSelection();

  const onDragStart = (event: DragEvent<HTMLElement>) => {
    const tile = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
    const media = tile ? model.itemAt(Number(tile.dataset.index)) : undefined;
    // A finger that rests on a tile selects it.
    if (!media || isTouch()) {
      event.preventDefault();
      return;
    }
    const isPart = isChosen(selection, media.id, model.name);
    startMediaDrag(event, {
      count: isPart ? sizeOf(selection) : 1,
      ids: async () => (isPart ? idsOf(selection) : [media.id]),
      folderId,
    }, media.smallUrl);
  };

  return { onDragStart, onDragEnd: endMediaDrag };
}
