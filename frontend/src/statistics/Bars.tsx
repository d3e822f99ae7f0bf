import { Link } from "react-router";
import { formatNumber } from "@/media/format";
import { texts } from "@/texts";

export interface Bar {
  name: string;
  count: number;
  to?: string;
}

/** Counts as bars, in the order given. */
export function Bars({ bars }: { bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  if (bars.length === 0) return <p className="text-sm text-muted">{texts.statistics.none}</p>;
  return (
    <dl className="grid grid-cols-[minmax(3rem,max-content)_1fr_max-content] items-center gap-x-3 gap-y-1.5 text-sm">
      {bars.map(({ name, count, to }) => (
        <div key={to ?? name} className="contents">
          <dt className="max-w-36 truncate">{to ? <Link to={to} className="hover:underline pointer-coarse:block pointer-coarse:truncate pointer-coarse:py-3">{name}</Link> : name}</dt>
          <dd aria-hidden className="h-3 overflow-hidden rounded-full bg-sunken"><div className="forced-filled h-full min-w-1 rounded-full bg-accent" style={{ width: `${(100 * count) / most}%` }} /></dd>
          <dd className="text-right text-muted tabular-nums">{formatNumber(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
