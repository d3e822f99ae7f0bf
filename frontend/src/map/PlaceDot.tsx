import { OUTLINES, project } from "./world";

/** Of the plane, in its units: wide enough to tell the country by its coast. */
const SHOWN = { width: 230, height: 84 };

/** Where on the world that is. */
export function PlaceDot({ latitude, longitude }: { latitude: number; longitude: number }) {
  const { x, y } = project(latitude, longitude);
  return (
    <svg aria-hidden viewBox={`${x - SHOWN.width / 2} ${y - SHOWN.height / 2} ${SHOWN.width} ${SHOWN.height}`} preserveAspectRatio="xMidYMid slice" className="h-full w-full">
      <path d={OUTLINES.sphere} className="fill-page" />
      <path d={OUTLINES.land} className="fill-line stroke-muted/40" strokeWidth={0.5} />
      <circle cx={x} cy={y} r={3.4} strokeWidth={1.4} className="fill-accent stroke-white" />
    </svg>
  );
}
