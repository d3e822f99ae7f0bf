import { useCallback } from "react";
import { useLocation, useSearchParams } from "react-router";

/** Marks a history entry that the app itself made, so that closing can go back instead of adding one more. */
export interface ViewerState {
  openedHere: true;
}

/** Opens an item over the screen that is there; a step inside the viewer takes the entry's place. */
export function useOpenMedia(): (id: string, options?: { replace: boolean }) => void {
  const [, setParams] = useSearchParams();
  const { state } = useLocation() as { state: unknown };
  return useCallback((id, { replace } = { replace: false }) => {
    setParams((params) => {
      const next = new URLSearchParams(params);
      next.set("media", id);
      return next;
    }, { replace, state: replace ? state : ({ openedHere: true } satisfies ViewerState) });
  }, [setParams, state]);
}
