import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { useLatest } from "@/kit/useLatest";
import type { useGridSelection } from "@/selection/useGridSelection";
import { type Handlers, isOnScreen } from "@/shortcuts/shortcuts";
import { useShortcuts } from "@/shortcuts/useShortcuts";
import type { Geometry } from "./geometry";
import { directionOf } from "./keys";
import type { Layout } from "./layout";
import type { GridModel } from "./model";
import { neighbour, pageFrom } from "./movement";

interface GridKeys {
  scroller: RefObject<HTMLElement | null>;
  layout: Layout;
  model: GridModel;
  geometry: Geometry;
  choice: ReturnType<typeof useGridSelection>;
  isEnabled: boolean;
  headerHeight: number;
  onJump?: () => void;
}

/** The tile that has the tab stop, and the keys that move it and choose. */
export function useGridKeys({ scroller, layout, model, geometry, choice, isEnabled, headerHeight, onJump }: GridKeys) {
  const [wanted, setActive] = useState(0);
  const active = Math.max(0, Math.min(wanted, geometry.total - 1));

  const focus = useCallback((to: number) => {
    const element = scroller.current;
    const index = Math.max(0, Math.min(to, geometry.total - 1));
    const row = layout.rows[layout.itemRow[index] ?? -1];
    if (!element || !row) return;
    const { scrollTop, clientHeight } = element;
    if (row.top - headerHeight < scrollTop) element.scrollTo({ top: row.top - headerHeight });
    else if (row.top + row.height > scrollTop + clientHeight) element.scrollTo({ top: row.top + row.height - clientHeight + headerHeight });
    setActive(index);
    focusWhenThere(element, index);
  }, [scroller, layout, geometry, headerHeight]);

  const hasFocus = useHeldFocus(scroller, model, geometry, focus, setActive);
  const handlers: Handlers = {
    move: ({ key }) => {
      const direction = directionOf(key);
      if (direction) focus(hasFocus() ? neighbour(layout, active, direction) : active);
    },
    page: ({ key }) => focus(pageFrom(layout, active, (scroller.current?.clientHeight ?? 0) * (key === "PageUp" ? -1 : 1))),
    ends: ({ key }) => focus(key === "Home" ? 0 : geometry.total - 1),
    extend: ({ key }) => {
      const direction = directionOf(key);
      if (!direction) return;
      const next = neighbour(layout, active, direction);
      focus(next);
      void choice.extendTo(next, active);
    },
    select: ({ shiftKey }) => {
      if (shiftKey) void choice.extendTo(active, active);
      else choice.toggle(active);
    },
    ...(onJump && { jump: onJump }),
  };
  useShortcuts(handlers, {
    isEnabled,
    accepts: (target) => target === document.body || (target instanceof Element && (target.matches("[data-index], #content") || target === scroller.current || target.matches("[role=grid]"))),
  });

  // Meant for the list wherever the focus is: on a tick, in the sidebar, on what is done with the selection.
  useShortcuts({ selectAll: () => void choice.selectAll(), ...(choice.isSelecting && { clear: choice.clear }) }, { isEnabled, accepts: isOnScreen });

  return { active, setActive, focus };
}

/** The row may be rendered by the scroll that was just asked for, and its items may have to be fetched. */
function focusWhenThere(scroller: HTMLElement, index: number, framesLeft = 90): void {
  requestAnimationFrame(() => {
    const tile = scroller.querySelector<HTMLElement>(`[data-index="${index}"]`);
    if (tile) tile.focus({ preventScroll: true });
    else if (framesLeft > 0) focusWhenThere(scroller, index, framesLeft - 1);
  });
}

/** When members of the list change, its rows are made anew: the focus goes on with its item or, without it, to the next. */
function useHeldFocus(scroller: RefObject<HTMLElement | null>, model: GridModel, geometry: Geometry, focus: (index: number) => void, onFocus: (index: number) => void): () => boolean {
  const held = useRef<{ id: string; index: number } | undefined>(undefined);
  const latest = useLatest(focus);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    element.addEventListener("focusin", ({ target }) => {
      const { mediaId, index } = (target as HTMLElement).dataset;
      held.current = mediaId && index ? { id: mediaId, index: Number(index) } : undefined;
      if (held.current) onFocus(held.current.index);
    }, { signal });
    document.addEventListener("pointerdown", () => {
      held.current = undefined;
    }, { capture: true, signal });
    element.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget) held.current = undefined;
    }, { signal });
    return () => controller.abort();
  }, [scroller, onFocus]);

  const shown = useRef(geometry);
  useLayoutEffect(() => {
    if (shown.current === geometry) return;
    shown.current = geometry;
    const lost = held.current;
    if (!lost || document.activeElement !== document.body) return;
    latest.current(model.indexOf(lost.id) ?? lost.index);
  }, [geometry, model, latest]);

  return useCallback(() => scroller.current?.contains(document.activeElement) === true && document.activeElement !== scroller.current, [scroller]);
}
