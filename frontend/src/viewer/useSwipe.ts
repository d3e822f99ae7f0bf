import { type PointerEvent, useRef } from "react";
import { type Swipe, swipeOf } from "./gestures";

/** The browser's own controls of a film: who drags there winds. */
const CONTROLS_PX = 96;

/** Swipes over what has gestures of its own, such as taps that play: they are seen, and nothing is taken away. */
export function useSwipe(onSwipe: (direction: Swipe) => void) {
  const start = useRef<{ x: number; y: number } | undefined>(undefined);
  const forget = () => {
    start.current = undefined;
  };
  return {
    onPointerDown: ({ pointerType, isPrimary, clientX, clientY, currentTarget }: PointerEvent) => {
      const isOnControls = clientY > currentTarget.getBoundingClientRect().bottom - CONTROLS_PX;
      start.current = pointerType === "mouse" || !isPrimary || isOnControls ? undefined : { x: clientX, y: clientY };
    },
    onPointerUp: ({ clientX, clientY }: PointerEvent) => {
      const swipe = start.current && swipeOf(clientX - start.current.x, clientY - start.current.y);
      forget();
      if (swipe) onSwipe(swipe);
    },
    onPointerCancel: forget,
  };
}
