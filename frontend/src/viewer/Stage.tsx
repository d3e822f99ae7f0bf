import { useRef, useState } from "react";
import { cx } from "@/kit/cx";
import type { TileMedia } from "@/media/tileMedia";
import { useShortcuts } from "@/shortcuts/useShortcuts";
import { placeholderUrl } from "@/timeline/placeholder";
import { texts } from "@/texts";
import type { MediaDetails } from "./documents";
import { fitted, type Swipe } from "./gestures";
import { useSwipe } from "./useSwipe";
import { useZoom } from "./useZoom";

interface StageProps {
  media: TileMedia;
  details: MediaDetails | undefined;
  onPrevious: () => void;
  onNext: () => void;
  onClose: () => void;
}

/** One picture or film, as large as there is room. A new one for each item, by its key. */
export function Stage({ media, details, onPrevious, onNext, onClose }: StageProps) {
  const swipe = (direction: Swipe) => ({ left: onNext, right: onPrevious, down: onClose })[direction]();
  return media.mediaType === "VIDEO" ? <Film media={media} playback={details} onSwipe={swipe} /> : <Picture media={media} details={details} onSwipe={swipe} />;
}

interface FilmProps {
  media: TileMedia;
  playback: MediaDetails | undefined;
  onSwipe: (direction: Swipe) => void;
}

function Film({ media, playback, onSwipe }: FilmProps) {
  const video = useRef<HTMLVideoElement>(null);
  useShortcuts({
    play: () => {
      const { current: film } = video;
      if (film?.paused) void film.play();
      else film?.pause();
    },
  });
  const swipes = useSwipe(onSwipe);
  const url = playback?.playbackUrl ?? undefined;
  return (
    <>
      <video ref={video} {...swipes} className="h-full w-full touch-none object-contain" src={url} poster={media.largeUrl} controls={url !== undefined} autoPlay playsInline aria-label={media.originalFilename} />
      {playback && !url && (
        <p role="status" className="absolute inset-x-0 bottom-6 mx-auto w-fit max-w-full rounded-full bg-black/70 px-4 py-1.5 text-sm text-white">
          {playback.playbackState === "FAILED" ? texts.viewer.notPlayable : texts.viewer.notPlayableYet}
        </p>
      )}
    </>
  );
}

/** What browsers show; of the others there is the preview. */
const SHOWN = new Set(["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "image/bmp", "image/svg+xml"]);

interface PictureProps {
  media: TileMedia;
  details: MediaDetails | undefined;
  onSwipe: (direction: Swipe) => void;
}

function Picture({ media, details, onSwipe }: PictureProps) {
  const stage = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const [hasPreview, setHasPreview] = useState(false);
  const [wasZoomed, setWasZoomed] = useState(false);
  const { isZoomed, handlers } = useZoom({ stage, picture, onSwipe });
  if (isZoomed && !wasZoomed) setWasZoomed(true);
  const isMoving = media.isAnimated;
  const original = details && (wasZoomed || isMoving) && SHOWN.has(details.mimeType) ? details.originalUrl : undefined;
  const layer = "absolute inset-0 h-full w-full object-contain select-none";

  return (
    <div ref={stage} className={cx("absolute inset-0 grid touch-none place-items-center overflow-hidden", isZoomed ? "cursor-grab active:cursor-grabbing" : "cursor-zoom-in")} {...handlers}>
      <div
        ref={picture}
        className="relative will-change-transform"
        style={{ ...fitted(media), ...(!media.width && { width: "100cqw", height: "100cqh" }), ...(media.placeholder ? { background: `center / 100% 100% no-repeat url(${placeholderUrl(media.placeholder)})` } : {}) }}
      >
        {!hasPreview && <img src={media.smallUrl} alt="" draggable={false} className={layer} />}
        <img src={media.largeUrl} alt={media.originalFilename} draggable={false} onLoad={() => setHasPreview(true)} className={layer} />
        {original && <img src={original} alt="" decoding="async" draggable={false} className={layer} />}
      </div>
    </div>
  );
}
