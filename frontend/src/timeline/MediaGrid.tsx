import { type KeyboardEvent, type MouseEvent, useCallback, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useLatest } from "@/kit/useLatest";
import { useSelection } from "@/selection/SelectionContext";
import { useProvideSequence } from "@/media/SequenceContext";
import type { MediaSequence } from "@/media/sequence";
import { useOpenMedia } from "@/viewer/useOpenMedia";
import { AdmissionQueue } from "./admission";
import type { Geometry } from "./geometry";
import { GridRow } from "./GridRow";
import { type Layout, layoutRows, neighbour, type Range } from "./layout";
import type { GridModel } from "./model";
import { useElementSize } from "./useElementSize";
import { useScroll } from "./useScroll";
import { directionOf } from "./keys";

interface MediaGridProps {
  model: GridModel & MediaSequence;
  geometry: Geometry;
  label: string;
  rowHeight: number;
  badgeAt?: (index: number) => string | undefined;
}

const GAP = 4;
const HEADER_HEIGHT = 52;
/** On a phone, three pictures of ordinary shape in two rows of a hand's width. */
const ROWS_OF_WIDTH = 2.6;

export function MediaGrid({ model, geometry, label, rowHeight, badgeAt }: MediaGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const { width } = useElementSize(canvas);
  const [queue] = useState(() => new AdmissionQueue());
  const version = useSyncExternalStore(model.subscribe, model.getVersion);
  const layout = useMemo(
    () => layoutRows(geometry, { width: Math.max(1, width), rowHeight: Math.min(rowHeight, width / ROWS_OF_WIDTH || rowHeight), gap: GAP, headerHeight: HEADER_HEIGHT }),
    [geometry, width, rowHeight],
  );
  const range = useScroll(scroller, model, geometry, layout, queue);
  const [active, setActive] = useState(0);
  const { selection, dispatch } = useSelection();
  const openMedia = useOpenMedia();

  const focus = useCallback((index: number) => focusItem(scroller.current, layout, index, setActive), [layout]);
  const latestFocus = useLatest(focus);
  const reveal = useCallback((id: string) => {
    const index = model.indexOf(id);
    if (index !== undefined) latestFocus.current(index);
  }, [model, latestFocus]);
  useProvideSequence(model, reveal);

  const isSelecting = selection.ids.size > 0;
  const handleSelect = useCallback(async (index: number, event: { shiftKey: boolean }) => {
    setActive(index);
    const { anchor } = selection;
    if (event.shiftKey && anchor !== undefined) {
      const media = await model.loadRange({ first: Math.min(anchor, index), last: Math.max(anchor, index) });
      dispatch({ type: "add", ids: media.map(({ id }) => id), index });
      return;
    }
    const media = model.itemAt(index);
    if (media) dispatch({ type: "toggle", id: media.id, index });
  }, [model, selection, dispatch]);

  const handleOpen = useCallback((index: number, event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    setActive(index);
    const media = model.itemAt(index);
    if (isSelecting || event.shiftKey) void handleSelect(index, event);
    else if (media) openMedia(media.id);
  }, [model, isSelecting, handleSelect, openMedia]);

  const handleKeyDown = (event: KeyboardEvent) => {
    const index = Number((event.target as HTMLElement).dataset.index ?? Number.NaN);
    if (Number.isNaN(index) || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = directionOf(event.key);
    if (direction) focus(neighbour(layout, index, direction));
    else if (event.key === "Home") focus(0);
    else if (event.key === "End") focus(geometry.total - 1);
    else if (event.key === " " || event.key === "x") void handleSelect(index, event);
    else if (event.key === "Escape" && isSelecting) dispatch({ type: "clear" });
    else return;
    event.preventDefault();
  };

  const activeIndex = Math.min(active, geometry.total - 1);
  return (
    <div ref={scroller} className="h-full overflow-y-auto overscroll-contain px-3 pb-6 [overflow-anchor:none] sm:px-5">
      <div
        ref={canvas}
        role="grid"
        tabIndex={-1}
        aria-label={label}
        aria-rowcount={layout.rows.length}
        aria-multiselectable
        className="relative"
        style={{ height: layout.height }}
        onKeyDown={handleKeyDown}
      >
        {width > 0 && rowsToRender(layout, range, activeIndex).map((index) => {
          const row = layout.rows[index];
          return row && (
            <GridRow
              key={row.count === 0 ? `heading ${row.section.key}` : row.start}
              row={row}
              layout={layout}
              model={model}
              version={version}
              active={activeIndex}
              selected={selection.ids}
              badgeAt={badgeAt}
              queue={queue}
              onOpen={handleOpen}
              onSelect={handleSelect}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Those in range, and always the one with the tab stop: focus must not be lost by scrolling. */
function rowsToRender(layout: Layout, { first, last }: Range, active: number): number[] {
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset);
  const activeRow = layout.itemRow[active];
  if (activeRow === undefined || (activeRow >= first && activeRow <= last)) return rows;
  return activeRow < first ? [activeRow, ...rows] : [...rows, activeRow];
}

function focusItem(scroller: HTMLElement | null, layout: Layout, index: number, setActive: (index: number) => void): void {
  const row = layout.rows[layout.itemRow[index] ?? -1];
  if (!scroller || !row) return;
  const { scrollTop, clientHeight } = scroller;
  if (row.top < scrollTop) scroller.scrollTo({ top: row.top - HEADER_HEIGHT });
  else if (row.top + row.height > scrollTop + clientHeight) scroller.scrollTo({ top: row.top + row.height - clientHeight + HEADER_HEIGHT });
  setActive(index);
  // The row may be rendered by the scroll that was just asked for.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    scroller.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
  }));
}
