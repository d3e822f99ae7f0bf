import { ImageOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cx } from "@/kit/cx";
import type { TileMedia } from "@/media/tileMedia";
import { texts } from "@/texts";
import type { AdmissionQueue } from "./admission";
import { placeholderUrl } from "./placeholder";

const loaded = new Set<string>();
const RETRY_MS = 1500;

interface TileImageProps {
  media: TileMedia;
  width: number;
  height: number;
  queue: AdmissionQueue;
}

/** Starts to load when the queue admits it, over its blurred placeholder; tries once more after a failure. */
export function TileImage({ media, width, height, queue }: TileImageProps) {
  const image = useRef<HTMLImageElement>(null);
  const [attempt, setAttempt] = useState(0);
  const url = urlFor(media, width, height);
  const [wasLoaded] = useState(() => loaded.has(url));

  useEffect(() => {
    const element = image.current;
    if (!element || attempt > 1 || element.src.endsWith(url)) return undefined;
    if (loaded.has(url) || element.src) {
      element.src = url;
      return undefined;
    }
    return queue.request(() => {
      if (media.placeholder && element.parentElement) element.parentElement.style.background = `center / cover url(${placeholderUrl(media.placeholder)})`;
      element.src = url;
    });
  }, [attempt, url, media.placeholder, queue]);

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
      // What the browser still has decoded may not flash when its row is made anew.
      decoding={wasLoaded ? "sync" : "async"}
      draggable={false}
      className={cx("h-full w-full object-cover", !wasLoaded && "opacity-0 transition-opacity duration-200 data-loaded:opacity-100")}
      {...(wasLoaded && { src: url, "data-loaded": "" })}
      onLoad={(event) => {
        loaded.add(url);
        event.currentTarget.dataset.loaded = "";
      }}
      onError={() => setTimeout(() => setAttempt(attempt + 1), attempt === 0 ? RETRY_MS : 0)}
    />
  );
}

/** Length of the longer side of thumbnails of the smaller size, in pixels. */
const SMALL_PX = 480;
/** A picture enlarged no more than this still looks sharp. */
const ENLARGED = 1.25;
/** Nobody sees more pixels than these in a tile of a phone; everybody waits for them. */
const SHARP_ENOUGH = 2;

/** Of the two sizes, the smaller that is sharp in that many pixels of this screen. */
function urlFor(media: TileMedia, width: number, height: number): string {
  const scale = media.width && media.height ? SMALL_PX / Math.max(media.width, media.height) : 1;
  const enough = Math.min(((media.width ?? SMALL_PX) * scale) / width, ((media.height ?? SMALL_PX) * scale) / height);
  return enough * ENLARGED >= Math.min(devicePixelRatio, SHARP_ENOUGH) ? media.smallUrl : media.largeUrl;
}
