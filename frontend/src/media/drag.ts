import type { DragEvent } from "react";
import { texts } from "@/texts";

/** Marks a drag of items, as files are marked by "Files". */
export const DRAGGED_MEDIA = "application/x-gallerynet-media";

export interface DraggedMedia {
  count: number;
  /** Throws CombinedError. */
  ids: () => Promise<string[]>;
  /** The folder that they are shown in, which they can be moved out of. */
  folderId: string | undefined;
}

let dragged: DraggedMedia | undefined;

export const draggedMedia = (): DraggedMedia | undefined => dragged;
export const isMediaDrag = (event: { dataTransfer: DataTransfer | null }) => event.dataTransfer?.types.includes(DRAGGED_MEDIA) ?? false;

/** Begins a drag whose picture is the tile's, with how many go along. */
export function startMediaDrag(event: DragEvent<HTMLElement>, media: DraggedMedia, imageUrl: string): void {
  dragged = media;
  event.dataTransfer.setData(DRAGGED_MEDIA, "");
  event.dataTransfer.effectAllowed = "copyMove";
  const badge = document.createElement("div");
  badge.className = "fixed -top-60 left-0 size-24 rounded-xl border-2 border-accent bg-raised bg-cover bg-center shadow-xl";
  badge.style.backgroundImage = `url(${imageUrl})`;
  const count = document.createElement("span");
  count.className = "absolute -top-2 -right-2 rounded-full bg-accent px-2 py-0.5 text-sm font-semibold text-on-accent tabular-nums";
  count.textContent = texts.selection.number(media.count);
  badge.append(count);
  document.body.append(badge);
  event.dataTransfer.setDragImage(badge, 48, 48);
  setTimeout(() => badge.remove());
}

export function endMediaDrag(): void {
  dragged = undefined;
}
