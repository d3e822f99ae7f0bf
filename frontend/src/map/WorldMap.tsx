import { Globe, Minus, Plus } from "lucide-react";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { IconButton } from "@/kit/Button";
import { useLatest } from "@/kit/useLatest";
import { texts } from "@/texts";
import type { Place } from "./documents";
import { PlaceMarker } from "./PlaceMarker";
import { STEP, useMapGestures } from "./useMapGestures";
import { useSize } from "./useSize";
import { cellFor, frameOf, type View, WHOLE, zoomAbout } from "./view";
import { OUTLINES, project } from "./world";

/** Of the markers in sight, the largest: more would hide each other. */
const SHOWN = 120;
const MARGIN = 40;
/** On a phone the whole world is a thread: it starts with half of it. */
const start = (): View => (innerWidth < 640 ? { ...WHOLE, zoom: 2 } : WHOLE);

interface WorldMapProps {
  places: readonly Place[];
  /** How many degrees one place should gather at the present zoom. */
  onCell: (cell: number) => void;
}

export function WorldMap({ places, onCell }: WorldMapProps) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const [view, setView] = useState(start);
  const { scale, left, top } = frameOf(view, size);
  const cell = cellFor(scale || 1);
  const latestCell = useLatest(onCell);
  useLayoutEffect(() => {
    if (size.width > 0) latestCell.current(cell);
  }, [cell, size.width, latestCell]);
  useMapGestures(box, size, setView);

  const markers = useMemo(() => places.map((place) => ({ place, ...project(place.latitude, place.longitude) })), [places]);
  const seen = markers
    .map(({ place, x, y }) => ({ place, x: x * scale + left, y: y * scale + top }))
    .filter(({ x, y }) => x > -MARGIN && y > -MARGIN && x < size.width + MARGIN && y < size.height + MARGIN)
    .slice(0, SHOWN);

  const zoom = (factor: number) => setView((now) => zoomAbout(now, factor, now));
  return (
    <div className="h-full px-3 pb-4 sm:px-5">
      <div className="relative h-full overflow-hidden rounded-2xl border border-line bg-sunken">
        <div ref={box} role="group" aria-label={texts.map.label} className="absolute inset-0 cursor-grab touch-none active:cursor-grabbing">
          {size.width > 0 && (
            <>
              <svg aria-hidden width={size.width} height={size.height} className="absolute inset-0">
                <g transform={`translate(${left} ${top}) scale(${scale})`}>
                  <path d={OUTLINES.sphere} className="fill-page" />
                  <path d={OUTLINES.land} className="fill-line stroke-muted/40" strokeWidth={0.8 / scale} />
                </g>
              </svg>
              <ul>{seen.map(({ place, x, y }) => <PlaceMarker key={`${place.latitude} ${place.longitude}`} place={place} x={x} y={y} />)}</ul>
            </>
          )}
        </div>
        <div className="absolute right-3 bottom-3 flex flex-col rounded-xl border border-line bg-raised p-0.5 shadow-lg">
          <IconButton icon={Plus} label={texts.map.zoomIn} onClick={() => zoom(STEP)} />
          <IconButton icon={Minus} label={texts.map.zoomOut} onClick={() => zoom(1 / STEP)} />
          <IconButton icon={Globe} label={texts.map.reset} onClick={() => setView(WHOLE)} />
        </div>
      </div>
    </div>
  );
}
