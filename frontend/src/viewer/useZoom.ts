import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useLatest } from "@/kit/useLatest";
import { useShortcuts } from "@/shortcuts/useShortcuts";
import { type Swipe, swipeOf } from "./gestures";
import { CLOSER, FIT, held, type Point, STEP, wheelFactor, type Zoom, zoomedAt } from "./zoom";

const TAP_MS = 300;
const TAP_PX = 30;
const DISTANT_PX = 240;

interface ZoomOptions {
  stage: RefObject<HTMLElement | null>;
  picture: RefObject<HTMLElement | null>;
  onSwipe: (direction: Swipe) => void;
}

/**
 * Enlarges, shifts and swipes a picture by wheel, mouse, fingers and keys. The transform is set by hand, frame by
 * frame; React only learns whether the picture is enlarged at all.
 */
export function useZoom({ stage, picture, onSwipe }: ZoomOptions) {
  const zoom = useRef<Zoom>(FIT);
  const [isZoomed, setIsZoomed] = useState(false);
  const pointers = useRef(new Map<number, Point>());
  const gesture = useRef<{ start: Point; moved: Point; zoom: Zoom; distance: number } | undefined>(undefined);
  const lastTap = useRef<Point & { at: number }>({ x: 0, y: 0, at: 0 });

  const show = (next: Zoom, isSmooth: boolean) => {
    const { current: element } = picture;
    const { current: frame } = stage;
    if (!element || !frame) return;
    zoom.current = held(next, { width: element.offsetWidth, height: element.offsetHeight }, { width: frame.clientWidth, height: frame.clientHeight });
    const { scale, x, y } = zoom.current;
    paint(element, { transition: isSmooth ? "transform 160ms ease-out" : "none", transform: `translate(${x}px, ${y}px) scale(${scale})` });
    setIsZoomed(scale > 1.01);
  };
  /** A swipe follows the finger; the further down, the more of what is behind shows. */
  const drag = ({ x, y }: Point) => {
    const { current: element } = picture;
    if (!element) return;
    const isDown = y > Math.abs(x);
    paint(element, {
      transition: x === 0 && y === 0 ? "transform 160ms ease-out, opacity 160ms" : "none",
      transform: isDown ? `translateY(${y}px) scale(${1 - Math.min(0.25, y / 2000)})` : `translateX(${x}px)`,
      opacity: isDown ? String(1 - Math.min(0.6, y / DISTANT_PX / 2)) : "",
    });
  };
  const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const box = stage.current?.getBoundingClientRect();
    return box ? { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 } : { x: 0, y: 0 };
  };
  const toggle = (at: Point) => show(zoom.current.scale > 1.01 ? FIT : zoomedAt(FIT, CLOSER, at), true);
  const centre = { x: 0, y: 0 };

  const wheel = useLatest((event: WheelEvent) => {
    event.preventDefault();
    show(zoomedAt(zoom.current, zoom.current.scale * wheelFactor(event.deltaY), pointOf(event)), false);
  });
  useEffect(() => {
    const element = stage.current;
    const listener = (event: WheelEvent) => wheel.current(event);
    element?.addEventListener("wheel", listener, { passive: false });
    return () => element?.removeEventListener("wheel", listener);
  }, [stage, wheel]);

  useShortcuts({
    zoom: () => toggle(centre),
    zoomIn: () => show(zoomedAt(zoom.current, zoom.current.scale * STEP, centre), true),
    zoomOut: () => show(zoomedAt(zoom.current, zoom.current.scale / STEP, centre), true),
    zoomFit: () => show(FIT, true),
  });

  const begin = () => {
    const [one, two] = [...pointers.current.values()];
    if (one) gesture.current = { start: two ? middle(one, two) : one, moved: centre, zoom: zoom.current, distance: two ? distanceOf(one, two) : 0 };
  };
  const end = (event: PointerEvent) => {
    const { current: made } = gesture;
    pointers.current.delete(event.pointerId);
    if (pointers.current.size > 0) {
      begin();
      return;
    }
    gesture.current = undefined;
    if (!made || made.distance > 0 || event.type === "pointercancel") return;
    const isTap = Math.hypot(made.moved.x, made.moved.y) < TAP_PX;
    if (isTap) {
      const isSecond = event.timeStamp - lastTap.current.at < TAP_MS && distanceOf(lastTap.current, made.start) < TAP_PX;
      lastTap.current = isSecond ? { x: 0, y: 0, at: 0 } : { ...made.start, at: event.timeStamp };
      if (isSecond) toggle(made.start);
    }
    if (zoom.current.scale > 1.01) return;
    const swipe = event.pointerType === "mouse" ? undefined : swipeOf(made.moved.x, made.moved.y);
    if (swipe) onSwipe(swipe);
    if (!isTap && swipe !== "down") drag(centre);
  };

  return {
    isZoomed,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        pointers.current.set(event.pointerId, pointOf(event));
        begin();
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const { current: made } = gesture;
        if (!pointers.current.has(event.pointerId) || !made) return;
        pointers.current.set(event.pointerId, pointOf(event));
        const [one, two] = [...pointers.current.values()];
        if (!one) return;
        const at = two ? middle(one, two) : one;
        made.moved = { x: at.x - made.start.x, y: at.y - made.start.y };
        const shifted = { ...made.zoom, x: made.zoom.x + made.moved.x, y: made.zoom.y + made.moved.y };
        if (two && made.distance > 0) show(zoomedAt(shifted, (made.zoom.scale * distanceOf(one, two)) / made.distance, at), false);
        else if (made.zoom.scale > 1.01) show(shifted, false);
        else if (event.pointerType !== "mouse") drag(made.moved);
      },
      onPointerUp: end,
      onPointerCancel: end,
    },
  };
}

const paint = (element: HTMLElement, style: Partial<Record<"transition" | "transform" | "opacity", string>>) => Object.assign(element.style, style);
const middle = (one: Point, two: Point): Point => ({ x: (one.x + two.x) / 2, y: (one.y + two.y) / 2 });
const distanceOf = (one: Point, two: Point): number => Math.hypot(one.x - two.x, one.y - two.y);
