import { texts } from "@/texts";

const TILES = [1.5, 0.75, 1.33, 1.5, 1, 1.78, 0.75, 1.5, 1.5, 1.33, 0.8, 1.5, 1.2, 1.5, 0.7, 1.6, 1.5, 1.33, 1.5, 1].map((ratio, key) => ({ ratio, key }));

/** Rows of the real height; shown only if the answer takes long enough to be waited for. */
export function GridSkeleton({ rowHeight }: { rowHeight: number }) {
  return (
    <div role="status" aria-label={texts.loading} className="flex h-full flex-wrap content-start gap-1 overflow-hidden px-3 pt-14 [animation:appear_200ms_200ms_backwards] sm:px-5">
      {TILES.map(({ ratio, key }) => (
        <div key={key} className="animate-pulse rounded-sm bg-sunken" style={{ height: rowHeight, flexGrow: ratio, flexBasis: ratio * rowHeight * 0.8 }} />
      ))}
    </div>
  );
}
