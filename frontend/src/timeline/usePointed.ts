import { type FocusEvent, type PointerEvent, useCallback, useRef, useState } from "react";

const tileOf = (target: EventTarget) => (target instanceof Element ? target.closest<HTMLElement>("[data-tile]") : null);
const indexOf = (target: EventTarget) => Number(tileOf(target)?.dataset.tile ?? -1);

/** Which tile the mouse is over and which has the focus, by listening once for all of them. */
export function usePointed() {
  const [hovered, setHovered] = useState(-1);
  const [focused, setFocused] = useState(-1);
  const latest = useRef({ hovered: -1, focused: -1 });

  const pointedAt = useCallback(() => {
    const { hovered: over, focused: on } = latest.current;
    return over >= 0 ? over : on >= 0 ? on : undefined;
  }, []);

  const handlers = (onChange: () => void) => {
    const hover = (index: number) => {
      if (index === latest.current.hovered) return;
      latest.current.hovered = index;
      setHovered(index);
      onChange();
    };
    const focus = (index: number) => {
      latest.current.focused = index;
      setFocused(index);
      onChange();
    };
    return {
      onPointerOver: ({ pointerType, target }: PointerEvent) => hover(pointerType === "mouse" ? indexOf(target) : -1),
      onPointerLeave: () => hover(-1),
      onFocus: ({ target }: FocusEvent) => focus(indexOf(target)),
      onBlur: () => focus(-1),
    };
  };

  return { hovered, focused, pointedAt, handlers };
}
