import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from "react";
import { texts } from "@/texts";
import { useUploads } from "./UploadsContext";

export interface DropTarget {
  kind: "upload" | "search";
  label: string;
  onDrop: (files: readonly File[]) => void;
}

const DropTargetContext = createContext<{ target: DropTarget | undefined; setTarget: (target: DropTarget | undefined) => void } | null>(null);

export function DropTargetProvider({ children }: { children: ReactNode }) {
  const [target, setTarget] = useState<DropTarget>();
  const value = useMemo(() => ({ target, setTarget }), [target]);
  return <DropTargetContext value={value}>{children}</DropTargetContext>;
}

/** Where dropped files go: the screen's own target, else the library. */
export function useDropTarget(): DropTarget {
  const target = use(DropTargetContext)?.target;
  const { upload } = useUploads();
  const onDrop = useCallback((files: readonly File[]) => upload(files), [upload]);
  return target ?? { kind: "upload", label: texts.uploads.dropTo(texts.library.title), onDrop };
}

/** For as long as the screen is there. `onDrop` must keep its identity. */
export function useProvideDropTarget(kind: DropTarget["kind"], label: string, onDrop: DropTarget["onDrop"]): void {
  const setTarget = use(DropTargetContext)?.setTarget;
  useEffect(() => {
    setTarget?.({ kind, label, onDrop });
    return () => setTarget?.(undefined);
  }, [setTarget, kind, label, onDrop]);
}
