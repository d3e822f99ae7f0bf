import { type Dispatch, type RefObject, type SetStateAction, useEffect } from "react";
import { frameOf, type View, WHOLE, within, zoomAbout } from "./view";

export const STEP = 1.8;
/** Pixels an arrow key goes. */
const FAR = 60;
const MOVES: Record<string, { x: number; y: number }> = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };

type Size = { width: number; height: number };

/** Pixels to the right and down that the sight goes. */
const moved = (view: View, size: Size, x: number, y: number): View => {
  const { scale } = frameOf(view, size);
  return within({ ...view, x: view.x + x / scale, y: view.y + y / scale });
};

/** Drags, wheels, pinches and keys. React listens to wheels passively, which cannot keep the page from scrolling. */
export function useMapGestures(box: RefObject<HTMLElement | null>, size: Size, setView: Dispatch<SetStateAction<View>>): void {
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const touches = new Map<number, { x: number; y: number }>();
    const zoomAt = (factor: number, clientX: number, clientY: number) => {
      const { x, y } = element.getBoundingClientRect();
      setView((now) => {
        const { scale, left, top } = frameOf(now, size);
        return zoomAbout(now, factor, { x: (clientX - x - left) / scale, y: (clientY - y - top) / scale });
      });
    };
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      zoomAt(Math.exp(-event.deltaY / 400), event.clientX, event.clientY);
    };
    const down = (event: PointerEvent) => {
      if ((event.target as HTMLElement).closest("a")) return;
      touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
      element.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent) => {
      const from = touches.get(event.pointerId);
      if (!from) return;
      const other = [...touches].find(([id]) => id !== event.pointerId)?.[1];
      touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (!other) {
        setView((now) => moved(now, size, from.x - event.clientX, from.y - event.clientY));
        return;
      }
      const apart = (at: { x: number; y: number }) => Math.hypot(at.x - other.x, at.y - other.y);
      zoomAt(apart({ x: event.clientX, y: event.clientY }) / Math.max(1, apart(from)), (event.clientX + other.x) / 2, (event.clientY + other.y) / 2);
    };
    const up = (event: PointerEvent) => void touches.delete(event.pointerId);
    const key = (event: KeyboardEvent) => {
      const direction = MOVES[event.key];
      if (direction) setView((now) => moved(now, size, direction.x * FAR, direction.y * FAR));
      else if (event.key === "+" || event.key === "=") setView((now) => zoomAbout(now, STEP, now));
      else if (event.key === "-") setView((now) => zoomAbout(now, 1 / STEP, now));
      else if (event.key === "0") setView(WHOLE);
      else return;
      event.preventDefault();
    };
    element.addEventListener("wheel", wheel, { passive: false, signal });
    element.addEventListener("pointerdown", down, { signal });
    element.addEventListener("pointermove", move, { signal });
    element.addEventListener("pointerup", up, { signal });
    element.addEventListener("pointercancel", up, { signal });
    element.addEventListener("keydown", key, { signal });
    return () => controller.abort();
  }, [box, size, setView]);
}
