import { Check, Heart, Play } from "lucide-react";
import { memo, type MouseEvent } from "react";
import { cx } from "@/kit/cx";
import { describeMedia } from "@/media/description";
import { formatDuration } from "@/media/format";
import type { TileMedia } from "@/media/tileMedia";
import { texts } from "@/texts";
import type { AdmissionQueue } from "./admission";
import { placeholderColour } from "./placeholder";
import { TileImage } from "./TileImage";

export interface TileProps {
  index: number;
  column: number;
  left: number;
  width: number;
  height: number;
  media: TileMedia | undefined;
  badge: string | undefined;
  isActive: boolean;
  /** Hovered or focused: it then offers to be selected. */
  isPointed: boolean;
  isSelected: boolean;
  isSelecting: boolean;
  /** On its way out of the list, though the server has not answered yet. */
  isLeaving: boolean;
  queue: AdmissionQueue;
  onOpen: (index: number, event: MouseEvent) => void;
  onSelect: (index: number, event: MouseEvent) => void;
}

export const Tile = memo(function Tile(props: TileProps) {
  const { index, column, left, width, height, media, badge, isActive, isPointed, isSelected, isSelecting, isLeaving, queue, onOpen, onSelect } = props;
  return (
    <div
      role="gridcell"
      data-tile={index}
      aria-colindex={column}
      aria-selected={isSelected}
      aria-busy={!media}
      className={cx("absolute inset-y-0 overflow-hidden rounded-sm bg-sunken", isLeaving && "pointer-events-none scale-90 opacity-0 transition-[opacity,scale] duration-150")}
      style={{ left, width, backgroundColor: media?.placeholder ? placeholderColour(media.placeholder) : undefined }}
    >
      {media && (
        <a
          href={`?media=${media.id}`}
          data-index={index}
          data-media-id={media.id}
          tabIndex={isActive ? 0 : -1}
          aria-label={describeMedia(media) + (badge ? `, ${badge}` : "")}
          onClick={(event) => onOpen(index, event)}
          className="block h-full w-full focus-visible:outline-3 focus-visible:-outline-offset-3"
          draggable
        >
          <TileImage key={media.smallUrl} media={media} width={width} height={height} queue={queue} />
        </a>
      )}
      {/* Only where it is needed: scrolling mounts hundreds of tiles a second. */}
      {media && (isPointed || isSelecting) && <Tick isSelected={isSelected} onClick={(event) => { focusTile(event); onSelect(index, event); }} />}
      {media && (badge || media.isFavorite || media.mediaType === "VIDEO") && <Badges media={media} badge={badge} />}
    </div>
  );
});

/** A tick has no tab stop: the keys that follow its click are meant for the tile. */
function focusTile({ currentTarget }: MouseEvent): void {
  currentTarget.closest("[data-tile]")?.querySelector<HTMLElement>("[data-index]")?.focus({ preventScroll: true });
}

function Tick({ isSelected, onClick }: { isSelected: boolean; onClick: (event: MouseEvent) => void }) {
  return (
    <>
      <span aria-hidden className={cx("animate-appear pointer-events-none absolute inset-0 rounded-sm", isSelected ? "bg-accent/25 ring-3 ring-accent ring-inset forced-colors:outline-4 forced-colors:-outline-offset-4 forced-colors:outline-[Highlight]" : "bg-linear-to-b from-black/35 to-transparent to-40%")} />
      <button type="button" tabIndex={-1} aria-label={isSelected ? texts.selection.deselect : texts.selection.select} aria-pressed={isSelected} onClick={onClick} className="absolute top-0 left-0 p-2 pointer-coarse:p-2.5">
        <span className={cx("grid size-5.5 place-items-center rounded-full border-2 shadow-sm", isSelected ? "border-accent bg-accent text-on-accent" : "border-white bg-black/25 text-transparent")}>
          <Check aria-hidden size={13} strokeWidth={3.5} className={cx(!isSelected && "invisible")} />
        </span>
      </button>
    </>
  );
}

function Badges({ media, badge }: { media: TileMedia; badge: string | undefined }) {
  return (
    <span aria-hidden className="pointer-events-none absolute inset-x-2 bottom-1.5 flex items-center gap-1.5 text-xs font-medium text-white">
      {media.isFavorite && <Heart size={15} className="fill-white drop-shadow-[0_1px_2px_rgb(0_0_0/0.6)]" />}
      {media.mediaType === "VIDEO" && (
        <span className="ml-auto flex items-center gap-1 rounded-full bg-black/55 px-1.5 py-0.5 tabular-nums">
          <Play size={10} className="fill-current" />
          {media.duration !== null && formatDuration(media.duration)}
        </span>
      )}
      {badge && <span className="ml-auto rounded-full bg-black/60 px-2 py-0.5 tabular-nums">{badge}</span>}
    </span>
  );
}
