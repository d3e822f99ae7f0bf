import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { AdmissionQueue } from "./admission";
import { type Geometry, mapIndex } from "./geometry";
import { itemsOfRows, type Layout, type Range, rowsBetween } from "./layout";
import type { GridModel } from "./model";

/** Rows this far outside the viewport are rendered too. */
const MARGIN_PX = 400;
/** Nearer to the top than this, new items may push what is shown down: they are what one waits for. */
const AT_TOP_PX = 40;

/** The item that stays where it is when the layout changes. */
interface Anchor {
  id: string | undefined;
  index: number;
  offset: number;
  geometry: Geometry;
}

const positions = new Map<string, { top: number; anchor: Anchor | undefined }>();

function anchorAt(layout: Layout, model: GridModel, geometry: Geometry, scrollTop: number): Anchor | undefined {
  if (scrollTop < AT_TOP_PX) return undefined;
  const { first, last } = rowsBetween(layout, scrollTop, scrollTop + 400);
  const row = layout.rows.slice(first, last + 1).find(({ top, count }) => count > 0 && top >= scrollTop) ?? layout.rows[first];
  return row && { id: model.itemAt(row.start)?.id, index: row.start, offset: row.top - scrollTop, geometry };
}

/** Which rows are to be rendered, and a scroll position that survives every change of layout. */
export function useScroll(
  scroller: RefObject<HTMLElement | null>,
  model: GridModel,
  geometry: Geometry,
  layout: Layout,
  queue: AdmissionQueue,
): Range {
  const [range, setRange] = useState<Range>({ first: 0, last: -1 });
  const anchor = useRef<Anchor | undefined>(undefined);

  const update = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, clientHeight } = element;
    queue.scrolled(scrollTop);
    const next = rowsBetween(layout, scrollTop - MARGIN_PX, scrollTop + clientHeight + MARGIN_PX);
    setRange((current) => (current.first === next.first && current.last === next.last ? current : next));
    anchor.current = anchorAt(layout, model, geometry, scrollTop);
    positions.set(model.name, { top: scrollTop, anchor: anchor.current });
    model.show(itemsOfRows(layout, next));
  }, [scroller, queue, layout, model, geometry]);

  const shownName = useRef<string>(undefined);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (shownName.current !== model.name) {
      shownName.current = model.name;
      const saved = positions.get(model.name);
      anchor.current = saved?.anchor;
      element.scrollTo({ top: saved?.top ?? 0 });
    }
    const held = anchor.current;
    if (held) {
      const index = (held.id && model.indexOf(held.id)) ?? mapIndex(held.geometry, geometry, held.index);
      const row = layout.rows[layout.itemRow[Number(index)] ?? 0];
      if (row) element.scrollTo({ top: row.top - held.offset });
    }
    update();
  }, [scroller, model, geometry, layout, update]);

  useEffect(() => {
    const element = scroller.current;
    element?.addEventListener("scroll", update, { passive: true });
    return () => element?.removeEventListener("scroll", update);
  }, [scroller, update]);

  return range;
}
