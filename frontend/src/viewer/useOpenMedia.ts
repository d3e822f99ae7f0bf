import { useCallback } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";

/** Marks a history entry that the app itself made, so that closing can go back instead of adding one more. */
export interface ViewerState {
  openedHere: true;
}

/** In an address: the next item is no one to look at, but one to find the like of. */
export const PICKING = "pick";

/** Opens an item over the screen that is there; a step inside the viewer takes the entry's place. */
export function useOpenMedia(): (id: string, options?: { replace: boolean }) => void {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const isPicking = params.has(PICKING);
  const { state } = useLocation() as { state: unknown };
  return useCallback((id, { replace } = { replace: false }) => {
    if (isPicking) {
      void navigate(`/search?source=${id}`);
      return;
    }
    setParams((current) => {
      const next = new URLSearchParams(current);
      next.set("media", id);
      return next;
    }, { replace, state: replace ? state : ({ openedHere: true } satisfies ViewerState) });
  }, [setParams, state, isPicking, navigate]);
}
