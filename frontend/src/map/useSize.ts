import { type RefObject, useLayoutEffect, useState } from "react";

const NOTHING = { width: 0, height: 0 };

/** Of an element's inside, in pixels. */
export function useSize(element: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState(NOTHING);
  useLayoutEffect(() => {
    const observed = element.current;
    if (!observed) return undefined;
    const observer = new ResizeObserver(() => setSize({ width: observed.clientWidth, height: observed.clientHeight }));
    observer.observe(observed);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
