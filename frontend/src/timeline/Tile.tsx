import { Check, Heart, ImageOff, Play } from "lucide-react";
import { memo, type MouseEvent, useEffect, useRef, useState } from "react";
import { cx } from "@/kit/cx";
import { describeMedia } from "@/media/description";
import { formatDuration } from "@/media/format";
import type { TileMedia } from "@/media/tileMedia";
import { texts } from "@/texts";
import type { AdmissionQueue } from "./admission";
import { placeholderColour, placeholderUrl } from "./placeholder";

export interface TileProps {
  index: number;
  column: number;
  left: number;
  width: number;
  media: TileMedia | undefined;
  badge: string | undefined;
  isActive: boolean;
  isSelected: boolean;
  isSelecting: boolean;
  queue: AdmissionQueue;
  onOpen: (index: number, event: MouseEvent) => void;
  onSelect: (index: number, event: MouseEvent) => void;
}

export const Tile = memo(function Tile(props: TileProps) {
  const { index, column, left, width, media, badge, isActive, isSelected, isSelecting, queue, onOpen, onSelect } = props;
  const [isHovered, setIsHovered] = useState(false);
  return (
    <div
      role="gridcell"
      aria-colindex={column}
      aria-selected={isSelected}
      aria-busy={!media}
      className="absolute inset-y-0 overflow-hidden rounded-sm bg-sunken"
      style={{ left, width, backgroundColor: media?.placeholder ? placeholderColour(media.placeholder) : undefined }}
      onPointerEnter={({ pointerType }) => setIsHovered(pointerType === "mouse")}
      onPointerLeave={() => setIsHovered(false)}
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
          draggable={false}
        >
          <TileImage key={media.smallUrl} media={media} queue={queue} />
        </a>
      )}
      {/* Only where it is needed: a fling mounts thousands of tiles a second. */}
      {media && (isHovered || isSelecting) && <Tick isSelected={isSelected} onClick={(event) => onSelect(index, event)} />}
      {media && (badge || media.isFavorite || media.mediaType === "VIDEO") && <Badges media={media} badge={badge} />}
    </div>
  );
});

function Tick({ isSelected, onClick }: { isSelected: boolean; onClick: (event: MouseEvent) => void }) {
  return (
    <>
      <span aria-hidden className={cx("animate-appear pointer-events-none absolute inset-0 rounded-sm", isSelected ? "bg-accent/25 ring-3 ring-accent ring-inset" : "bg-linear-to-b from-black/35 to-transparent to-40%")} />
      <button type="button" tabIndex={-1} aria-label={isSelected ? texts.selection.deselect : texts.selection.select} aria-pressed={isSelected} onClick={onClick} className="absolute top-0 left-0 p-2">
        <span className={cx("grid size-5.5 place-items-center rounded-full border-2 shadow-sm", isSelected ? "border-accent bg-accent text-on-accent" : "border-white bg-black/25 text-transparent")}>
          <Check aria-hidden size={13} strokeWidth={3.5} />
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

const loaded = new Set<string>();

function TileImage({ media, queue }: { media: TileMedia; queue: AdmissionQueue }) {
  const image = useRef<HTMLImageElement>(null);
  const [attempt, setAttempt] = useState(0);
  const wasLoaded = loaded.has(media.smallUrl);

  useEffect(() => {
    const element = image.current;
    if (!element || attempt > 1) return undefined;
    const start = () => {
      if (media.placeholder && element.parentElement) element.parentElement.style.background = `center / cover url(${placeholderUrl(media.placeholder)})`;
      element.src = media.smallUrl;
    };
    if (loaded.has(media.smallUrl)) {
      element.src = media.smallUrl;
      return undefined;
    }
    return queue.request(start);
  }, [attempt, media.smallUrl, media.placeholder, queue]);

  if (attempt > 1) {
    return (
      <span className="grid h-full place-content-center justify-items-center gap-1 bg-sunken text-xs text-muted">
        <ImageOff aria-hidden size={20} />
        {texts.media.thumbnailFailed}
      </span>
    );
  }
  return (
    <img
      ref={image}
      key={attempt}
      alt=""
      decoding="async"
      draggable={false}
      className={cx("h-full w-full object-cover", !wasLoaded && "opacity-0 transition-opacity duration-200 data-loaded:opacity-100")}
      onLoad={(event) => {
        loaded.add(media.smallUrl);
        event.currentTarget.dataset.loaded = "";
      }}
      onError={() => setTimeout(() => setAttempt(attempt + 1), attempt === 0 ? 1500 : 0)}
    />
  );
}
