import { type PointerEvent, type RefObject, useEffect, useRef } from "react";
import { report } from "@/graphql/errors";
import { useLatest } from "@/kit/useLatest";
import type { Layout } from "@/timeline/layout";
import type { GridModel } from "@/timeline/model";
import { itemsInside } from "@/timeline/movement";
import { type DrawMode, Drawing } from "./drawn";
import { scrollAtEdges } from "./edgeScroll";
import { useSelection } from "./SelectionContext";

const MOVED_PX = 5;

interface Marquee {
  scroller: RefObject<HTMLElement | null>;
  canvas: RefObject<HTMLElement | null>;
  /** Shows what is drawn. */
  frame: RefObject<HTMLElement | null>;
  model: GridModel;
  layout: Layout;
}

/**
 * Selects by a frame that the mouse draws from empty space. What it touches is computed from the layout, so that
 * rows count that are not on the page. Returns what begins it.
 */
export function useMarquee({ scroller, canvas, frame, model, layout }: Marquee): (event: PointerEvent<HTMLElement>) => void {
  const { selection, dispatch } = useSelection();
  const latest = useLatest({ layout, selection });
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);

  return (event) => {
    const element = scroller.current;
    const grid = canvas.current;
    const isEmpty = event.target instanceof Element && !event.target.closest("[data-tile], button, a, [role=slider]");
    // The bar beside the content scrolls.
    const isScrollbar = element && event.clientX > element.getBoundingClientRect().left + element.clientWidth;
    if (!element || !grid || !isEmpty || isScrollbar || event.button !== 0 || event.pointerType !== "mouse") return;
    const mode: DrawMode = event.ctrlKey || event.metaKey || event.shiftKey ? "add" : event.altKey ? "remove" : "replace";
    const drawing = new Drawing(model, latest.current.selection, mode);
    const pointer = { x: event.clientX, y: event.clientY };
    const origin = within(grid, pointer);
    let covered = "";
    let hasMoved = false;

    const rectangle = () => {
      const { x, y } = within(grid, pointer);
      return { left: Math.min(x, origin.x), top: Math.min(y, origin.y), right: Math.max(x, origin.x), bottom: Math.max(y, origin.y) };
    };
    const draw = () => {
      const { left, top, right, bottom } = rectangle();
      hasMoved ||= right - left > MOVED_PX || bottom - top > MOVED_PX;
      if (!hasMoved || !frame.current) return;
      Object.assign(frame.current.style, { display: "block", transform: `translate(${left}px, ${top}px)`, width: `${right - left}px`, height: `${bottom - top}px` });
      const ranges = itemsInside(latest.current.layout, { left, top, right, bottom });
      const now = JSON.stringify(ranges);
      if (now === covered) return;
      covered = now;
      dispatch({ type: "become", selection: drawing.covering(ranges) });
    };
    const controller = new AbortController();
    const { signal } = controller;
    const stopScrolling = scrollAtEdges(element, pointer, draw);
    stop.current = () => {
      stop.current = undefined;
      controller.abort();
      stopScrolling();
      if (frame.current) frame.current.style.display = "none";
    };
    const end = () => {
      stop.current?.();
      if (!hasMoved) return;
      const ranges = itemsInside(latest.current.layout, rectangle());
      void drawing.covered(ranges).then((selected) => dispatch({ type: "become", selection: selected }), report);
    };
    addEventListener("pointermove", ({ clientX, clientY }) => {
      pointer.x = clientX;
      pointer.y = clientY;
    }, { signal });
    addEventListener("pointerup", end, { signal });
    addEventListener("pointercancel", end, { signal });
    element.focus({ preventScroll: true });
    event.preventDefault();
  };
}

function within(grid: HTMLElement, { x, y }: { x: number; y: number }) {
  const { left, top } = grid.getBoundingClientRect();
  return { x: x - left, y: y - top };
}
