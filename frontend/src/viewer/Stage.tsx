import { type PointerEvent, useRef } from "react";
import type { TileMedia } from "@/media/tileMedia";
import { placeholderUrl } from "@/timeline/placeholder";
import { texts } from "@/texts/en";
import type { MediaDetails } from "./documents";
import { fitted, swipeOf } from "./gestures";

interface StageProps {
  media: TileMedia;
  playback: Pick<MediaDetails, "playbackState" | "playbackUrl"> | undefined;
  onPrevious: () => void;
  onNext: () => void;
  onClose: () => void;
}

export function Stage({ media, playback, onPrevious, onNext, onClose }: StageProps) {
  const start = useRef<{ x: number; y: number } | undefined>(undefined);
  const handleUp = (event: PointerEvent) => {
    const from = start.current;
    start.current = undefined;
    if (!from || event.pointerType === "mouse") return;
    const swipe = swipeOf(event.clientX - from.x, event.clientY - from.y);
    if (swipe === "left") onNext();
    if (swipe === "right") onPrevious();
    if (swipe === "down") onClose();
  };
  return (
    <div
      className="absolute inset-0 touch-pan-y touch-pinch-zoom"
      onPointerDown={(event) => {
        start.current = event.isPrimary ? { x: event.clientX, y: event.clientY } : undefined;
      }}
      onPointerUp={handleUp}
      onPointerCancel={() => {
        start.current = undefined;
      }}
    >
      {media.mediaType === "VIDEO" ? (
        <Video key={media.id} media={media} playback={playback} />
      ) : (
        <div className="grid h-full w-full place-items-center">
          <img
            key={media.id}
            src={media.largeUrl}
            alt={media.originalFilename}
            draggable={false}
            className="object-contain select-none"
            style={{ ...fitted(media), ...(media.placeholder ? { background: `center / 100% 100% no-repeat url(${placeholderUrl(media.placeholder)})` } : {}) }}
          />
        </div>
      )}
    </div>
  );
}

function Video({ media, playback }: Pick<StageProps, "media" | "playback">) {
  const url = playback?.playbackUrl ?? undefined;
  return (
    <>
      <video className="h-full w-full object-contain" src={url} poster={media.largeUrl} controls={url !== undefined} autoPlay playsInline aria-label={media.originalFilename} />
      {playback && !url && (
        <p role="status" className="absolute inset-x-0 bottom-6 mx-auto w-fit max-w-full rounded-full bg-black/70 px-4 py-1.5 text-sm text-white">
          {playback.playbackState === "FAILED" ? texts.viewer.notPlayable : texts.viewer.notPlayableYet}
        </p>
      )}
    </>
  );
}
