import { Suspense, useCallback, useEffect, useRef } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { part } from "@/kit/part";
import { useOpenSequence } from "@/media/SequenceContext";
import type { ViewerState } from "./useOpenMedia";

const Viewer = part(() => import("./Viewer").then((module) => module.Viewer));

const isViewerState = (state: unknown): state is ViewerState => typeof state === "object" && state !== null && "openedHere" in state;

/** `?media=` over any screen. */
export function ViewerHost() {
  const [params, setParams] = useSearchParams();
  const { state } = useLocation() as { state: unknown };
  const navigate = useNavigate();
  const id = params.get("media");
  const open = useOpenSequence();
  const last = useRef<string>(undefined);

  useEffect(() => {
    if (id) last.current = id;
  }, [id]);

  const close = useCallback(() => {
    if (isViewerState(state)) {
      void navigate(-1);
      return;
    }
    setParams((current) => {
      const next = new URLSearchParams(current);
      next.delete("media");
      return next;
    }, { replace: true });
  }, [state, navigate, setParams]);

  const returnFocus = (event: Event) => {
    event.preventDefault();
    if (last.current) open?.reveal(last.current);
  };

  if (!id) return null;
  return <Suspense><Viewer id={id} onClose={close} onReturnFocus={returnFocus} /></Suspense>;
}
