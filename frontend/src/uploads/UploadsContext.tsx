import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import { useClient } from "urql";
import { libraryChanges } from "@/live/changes";
import { isOpen, nextToStart, type Upload, type UploadState, uploadsReducer } from "./queue";
import { isLarge, sendResumable } from "./sendResumable";
import { sendUpload } from "./sendUpload";

interface Uploads {
  uploads: readonly Upload[];
  upload: (files: readonly File[], folderId?: string) => void;
  retry: (id?: string) => void;
  cancel: (id: string) => void;
  cancelAll: () => void;
  clear: () => void;
}

const UploadsContext = createContext<Uploads | null>(null);

export function useUploads(): Uploads {
  const value = use(UploadsContext);
  if (!value) throw new Error("useUploads needs an UploadsProvider");
  return value;
}

let nextNumber = 1;

/** Above every screen, so that an upload goes on whatever is looked at. */
export function UploadsProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const [uploads, dispatch] = useReducer(uploadsReducer, []);
  const stops = useRef(new Map<string, () => void>());

  useEffect(() => {
    for (const next of nextToStart(uploads)) {
      if (stops.current.has(next.id)) continue;
      dispatch({ type: "change", id: next.id, state: { type: "sending", sent: 0, total: next.file.size } });
      const onChange = (state: UploadState) => {
        if (state.type !== "sending") stops.current.delete(next.id);
        if (state.type === "added" || state.type === "duplicate") libraryChanges.emit("members");
        dispatch({ type: "change", id: next.id, state });
      };
      const stop = isLarge(next.file) ? sendResumable(next, onChange) : sendUpload(client, next, onChange);
      stops.current.set(next.id, stop);
    }
  }, [client, uploads]);

  const isBusy = uploads.some(isOpen);
  useEffect(() => {
    if (!isBusy) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isBusy]);

  const upload = useCallback((files: readonly File[], folderId?: string) => {
    dispatch({ type: "add", uploads: files.map((file) => ({ id: `upload ${nextNumber++}`, file, folderId, state: { type: "queued" } })) });
  }, []);

  const cancel = useCallback((id: string) => {
    stops.current.get(id)?.();
    stops.current.delete(id);
    dispatch({ type: "change", id, state: { type: "cancelled" } });
  }, []);

  const value = useMemo<Uploads>(() => ({
    uploads,
    upload,
    cancel,
    retry: (id) => dispatch(id === undefined ? { type: "retry" } : { type: "retry", id }),
    cancelAll: () => {
      dispatch({ type: "cancelQueued" });
      for (const id of stops.current.keys()) cancel(id);
    },
    clear: () => dispatch({ type: "clear" }),
  }), [uploads, upload, cancel]);

  return <UploadsContext value={value}>{children}</UploadsContext>;
}
