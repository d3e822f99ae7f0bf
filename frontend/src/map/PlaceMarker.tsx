import { Link } from "react-router";
import { formatNumber } from "@/media/format";
import { texts } from "@/texts";
import { addressOf, describePosition } from "./address";
import type { Place } from "./documents";

/** A place with the newest picture of it; leads to all that was taken there. */
export function PlaceMarker({ place, x, y }: { place: Place; x: number; y: number }) {
  const { latitude, longitude, count, bounds, cover } = place;
  const position = describePosition(latitude, longitude, texts.map, (degrees) => formatNumber(Math.round(degrees * 10) / 10));
  return (
    <li className="absolute top-0 left-0 hover:z-10 focus-within:z-10" style={{ transform: `translate(${x}px, ${y}px)` }}>
      <Link to={addressOf(bounds)} draggable={false} aria-label={texts.map.place(count, position)} title={texts.map.place(count, position)} className="absolute grid size-11 -translate-1/2 place-items-center rounded-full">
        <span className="size-10 overflow-hidden rounded-full border-2 border-white bg-accent shadow-md">
          {cover && <img src={cover.square} alt="" draggable={false} className="h-full w-full object-cover" />}
        </span>
        {count > 1 && <span aria-hidden className="absolute -top-1 -right-1 rounded-full bg-accent px-1.5 text-xs font-semibold text-on-accent tabular-nums shadow">{formatNumber(count)}</span>}
      </Link>
    </li>
  );
}
