import { texts } from "@/texts";
import type { TileMedia } from "./tileMedia";
import { formatDate } from "./format";

/** What a screen reader says for a tile: its type and date, never just a number. */
export function describeMedia(media: TileMedia): string {
  const parts = [media.mediaType === "VIDEO" ? texts.media.video : texts.media.photo, formatDate(media.originalDate)];
  if (media.isFavorite) parts.push(texts.media.favorite);
  if (media.tags.length > 0) parts.push(texts.media.taggedWith(media.tags.map(({ tag }) => tag.name)));
  return parts.join(", ");
}
