import { type RefObject, useEffect } from "react";
import { report } from "@/graphql/errors";
import { useLatest } from "@/kit/useLatest";
import type { GridModel } from "@/timeline/model";
import { Drawing } from "./drawn";
import { scrollAtEdges } from "./edgeScroll";
import { useSelection } from "./SelectionContext";

const LONG_PRESS_MS = 450;
const STILL_PX = 10;

interface Touch {
  scroller: RefObject<HTMLElement | null>;
  model: GridModel;
  rowHeight: number;
  onRowHeight: ((height: number) => void) | undefined;
}

/** Fingers on the grid: a long press selects, and dragging on from it a range; two fingers change the size of tiles. */
export function useTouch({ scroller, model, rowHeight, onRowHeight }: Touch): void {
  const { selection, dispatch } = useSelection();
  const latest = useLatest({ selection, rowHeight, onRowHeight });

  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let start = { x: 0, y: 0 };
    let drag: { end: () => void } | undefined;
    let pinch: { distance: number; height: number } | undefined;
    let wasLong = false;

    const select = (anchor: number) => {
      wasLong = true;
      navigator.vibrate?.(10);
      const drawing = new Drawing(model, latest.current.selection, "add");
      const pointer = start;
      let to = anchor;
      let shown = -1;
      const range = () => [{ first: Math.min(anchor, to), last: Math.max(anchor, to) }];
      const stop = scrollAtEdges(element, pointer, () => {
        to = tileAt(pointer.x, pointer.y) ?? to;
        if (to === shown) return;
        shown = to;
        dispatch({ type: "become", selection: { ...drawing.covering(range()), anchor } });
      });
      drag = {
        end: () => {
          stop();
          void drawing.covered(range()).then((chosen) => dispatch({ type: "become", selection: { ...chosen, anchor } }), report);
        },
      };
    };
    const end = () => {
      clearTimeout(timer);
      drag?.end();
      drag = undefined;
      pinch = undefined;
    };

    element.addEventListener("touchstart", ({ touches }) => {
      clearTimeout(timer);
      const [one, two] = touches;
      if (!one) return;
      wasLong = false;
      start = { x: one.clientX, y: one.clientY };
      if (two) pinch = { distance: distanceOf(one, two), height: latest.current.rowHeight };
      const index = touches.length === 1 ? tileAt(one.clientX, one.clientY) : undefined;
      if (index !== undefined) timer = setTimeout(() => select(index), LONG_PRESS_MS);
    }, { passive: true, signal });
    element.addEventListener("touchmove", (event) => {
      const [one, two] = event.touches;
      if (!one) return;
      if (drag || (two && pinch)) event.preventDefault();
      if (drag) Object.assign(start, { x: one.clientX, y: one.clientY });
      else if (Math.hypot(one.clientX - start.x, one.clientY - start.y) > STILL_PX) clearTimeout(timer);
      if (two && pinch) latest.current.onRowHeight?.((pinch.height * distanceOf(one, two)) / pinch.distance);
    }, { passive: false, signal });
    element.addEventListener("touchend", end, { signal });
    element.addEventListener("touchcancel", end, { signal });
    // A finger that lets go after a long press has not tapped, and wants no menu.
    element.addEventListener("click", (event) => {
      if (!wasLong) return;
      wasLong = false;
      event.preventDefault();
      event.stopPropagation();
    }, { capture: true, signal });
    element.addEventListener("contextmenu", (event) => {
      if (wasLong || (event as unknown as PointerEvent).pointerType === "touch") event.preventDefault();
    }, { signal });
    return () => {
      end();
      controller.abort();
    };
  }, [scroller, model, latest, dispatch]);
}

const distanceOf = (one: globalThis.Touch, two: globalThis.Touch) => Math.max(1, Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY));

function tileAt(x: number, y: number): number | undefined {
  const index = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-tile]")?.dataset.tile;
  return index === undefined ? undefined : Number(index);
}
