import { type RefObject, useLayoutEffect, useState } from "react";

export function useElementSize(ref: RefObject<HTMLElement | null>): { width: number } {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return { width };
}
