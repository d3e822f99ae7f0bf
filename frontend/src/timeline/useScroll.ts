import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useLatest } from "@/kit/useLatest";
import type { AdmissionQueue } from "./admission";
import { type Geometry, mapIndex } from "./geometry";
import { itemsOfRows, type Layout, type Range, rowAt, rowsBetween } from "./layout";
import type { GridModel } from "./model";
import { type Anchor, positions } from "./positions";

/** Rows this far outside the viewport are rendered too. */
const MARGIN_PX = 400;
/** Nearer to the top than this, new items may push down what nobody points at: they are what one waits for. */
const AT_TOP_PX = 40;
/** A fling has ended when nothing has scrolled for so long. */
const SETTLED_MS = 90;

export interface View extends Range {
  /** Too fast for pictures to be seen: rows are drawn as colours. */
  isFling: boolean;
}

interface Grid {
  scroller: RefObject<HTMLElement | null>;
  model: GridModel;
  geometry: Geometry;
  layout: Layout;
  queue: AdmissionQueue;
  /** The item under the pointer, or with the focus: it must not move. */
  pointedAt: () => number | undefined;
  /** The item that has the tab stop. */
  active: number;
  /** Changes when items have come. */
  version: number;
}

interface Scroll {
  view: View;
  /** How many items have come above what is shown. */
  added: number;
  /** To be told when `pointedAt` has changed. */
  hold: () => void;
}

function anchorAt({ model, geometry, layout, pointedAt }: Omit<Grid, "active" | "version">, top: number, height: number): Anchor | undefined {
  const pointed = layout.rows[layout.itemRow[pointedAt() ?? -1] ?? -1];
  const isShown = pointed && pointed.top < top + height && pointed.top + pointed.height > top;
  if (!isShown && top < AT_TOP_PX) return undefined;
  let row = layout.rows[rowAt(layout, top)];
  while (row && (row.count === 0 || row.top < top) && layout.rows[row.index + 1]) row = layout.rows[row.index + 1];
  const held = isShown ? pointed : row;
  const index = isShown ? (pointedAt() ?? 0) : (held?.start ?? 0);
  return held && { id: model.itemAt(index)?.id, index, offset: held.top - top, geometry };
}

/** Which rows are to be rendered, and a scroll position that survives every change of layout. */
export function useScroll(grid: Grid): Scroll {
  const { scroller, model, geometry, layout, queue, pointedAt } = grid;
  const active = useLatest(grid.active);
  const [view, setView] = useState<View>({ first: 0, last: -1, isFling: false });
  const [added, setAdded] = useState(0);
  const anchor = useRef<Anchor | undefined>(undefined);
  const shown = useRef<{ layout: Layout; range: Range } | undefined>(undefined);
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);

  const hold = useCallback(() => {
    const element = scroller.current;
    // Between a change of the list and its rendering, the model has other items at these places.
    if (!element || layout.rows.length === 0 || model.geometry !== geometry) return;
    const { scrollTop, clientHeight } = element;
    anchor.current = anchorAt({ scroller, model, geometry, layout, queue, pointedAt }, scrollTop, clientHeight);
    positions.delete(model.name);
    positions.set(model.name, { top: scrollTop, width: element.clientWidth, total: geometry.total, anchor: anchor.current });
  }, [scroller, model, geometry, layout, queue, pointedAt]);

  const update = useCallback(() => {
    const element = scroller.current;
    if (!element || layout.rows.length === 0) return;
    const { scrollTop, clientHeight } = element;
    queue.scrolled(scrollTop);
    const range = rowsBetween(layout, scrollTop - MARGIN_PX, scrollTop + clientHeight + MARGIN_PX);
    const show = (isFling: boolean) => setView((current) => (current.first === range.first && current.last === range.last && current.isFling === isFling ? current : { ...range, isFling }));
    show(queue.isFling);
    clearTimeout(settling.current);
    if (queue.isFling) settling.current = setTimeout(() => show(false), SETTLED_MS);
    hold();
    if (scrollTop < AT_TOP_PX) setAdded(0);
    const before = shown.current;
    if (before?.layout === layout && before.range.first === range.first && before.range.last === range.last) return;
    shown.current = { layout, range };
    model.show(itemsOfRows(layout, range), active.current);
  }, [scroller, queue, layout, model, hold, active]);

  const shownName = useRef<string>(undefined);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || layout.rows.length === 0) return;
    if (shownName.current !== model.name) {
      shownName.current = model.name;
      setAdded(0);
      const saved = positions.get(model.name);
      const isSame = saved?.width === element.clientWidth && saved.total === geometry.total;
      anchor.current = isSame ? undefined : saved?.anchor;
      element.scrollTo({ top: saved?.top ?? 0 });
    }
    const held = anchor.current;
    if (held) {
      const known = held.id === undefined ? undefined : model.indexOf(held.id);
      const index = known ?? (held.geometry ? mapIndex(held.geometry, geometry, held.index) : held.index);
      const row = layout.rows[layout.itemRow[index] ?? 0];
      if (row) element.scrollTo({ top: row.top - held.offset });
      // As far as it has moved, others came before it.
      if (held.geometry && held.geometry !== geometry) setAdded((count) => Math.max(0, count + index - held.index));
    }
    update();
  }, [scroller, model, geometry, layout, update]);

  // By then the item that is held may have its id.
  const { version } = grid;
  useEffect(() => {
    if (version > 0) hold();
  }, [hold, version]);

  useEffect(() => {
    const element = scroller.current;
    element?.addEventListener("scroll", update, { passive: true });
    return () => {
      element?.removeEventListener("scroll", update);
      clearTimeout(settling.current);
    };
  }, [scroller, update]);

  return { view, added, hold };
}
