import { useEffect, useState } from "react";
import { cx } from "@/kit/cx";
import { describeMedia } from "@/media/description";
import type { MediaSequence } from "@/media/sequence";
import { placeholderColour } from "@/timeline/placeholder";
import { texts } from "@/texts";

const EACH_SIDE = 12;

interface FilmstripProps {
  sequence: MediaSequence;
  index: number;
  onOpen: (index: number) => void;
}

/** What lies around the open item in its list. The keyboard has the arrow keys for it. */
export function Filmstrip({ sequence, index, onOpen }: FilmstripProps) {
  const [, setLoaded] = useState(0);
  const first = Math.max(0, index - EACH_SIDE);
  const last = Math.min(sequence.total - 1, index + EACH_SIDE);

  useEffect(() => {
    for (const edge of [first, last]) {
      if (!sequence.itemAt(edge)) void sequence.load(edge).then(() => setLoaded((count) => count + 1));
    }
  }, [sequence, first, last]);

  return (
    <div role="group" aria-label={texts.viewer.filmstrip} className="flex shrink-0 justify-center overflow-hidden py-2 [--thumb:3.5rem] max-sm:[--thumb:2.75rem] [@media(max-height:36rem)]:hidden">
      {/* The open one stays in the middle, also near an end of the list. */}
      <div className="flex gap-1 transition-transform duration-150" style={{ transform: `translateX(calc(${(first + last) / 2 - index} * (var(--thumb) + 0.25rem)))` }}>
        {Array.from({ length: last - first + 1 }, (_, offset) => {
          const place = first + offset;
          const media = sequence.itemAt(place);
          return (
            <button
              key={place}
              type="button"
              tabIndex={-1}
              disabled={!media}
              aria-label={media ? describeMedia(media) : texts.loading}
              aria-current={place === index}
              onClick={() => onOpen(place)}
              className={cx("size-(--thumb) shrink-0 overflow-hidden rounded-md transition-[opacity,outline-color] duration-150", place === index ? "outline-2 outline-white" : "opacity-60 hover:opacity-100")}
              style={{ backgroundColor: media?.placeholder ? placeholderColour(media.placeholder) : "#26262c" }}
            >
              {media && <img src={media.smallUrl} alt="" loading="lazy" decoding="async" className="h-full w-full object-cover" />}
            </button>
          );
        })}
      </div>
    </div>
  );
}
