/** `handed`: the browser itself downloads it, and tells nobody how far it is. */
export type DownloadState = "planning" | "running" | "done" | "failed" | "cancelled" | "handed";

export interface Download {
  id: string;
  label: string;
  state: DownloadState;
  totalBytes: number;
  parts: number;
  /** Of the parts, how many are there in full. */
  partsDone: number;
  received: number;
}

export type DownloadAction =
  | { type: "add"; id: string; label: string }
  | { type: "planned"; id: string; totalBytes: number; parts: number }
  | { type: "received"; id: string; received: number; partsDone: number }
  | { type: "state"; id: string; state: DownloadState }
  | { type: "remove"; id: string }
  | { type: "clear" };

export const isRunning = ({ state }: Download): boolean => state === "planning" || state === "running";

export function downloadsReducer(downloads: readonly Download[], action: DownloadAction): readonly Download[] {
  const change = (id: string, next: Partial<Download>) => downloads.map((download) => (download.id === id ? { ...download, ...next } : download));
  switch (action.type) {
    case "add":
      return [...downloads, { id: action.id, label: action.label, state: "planning", totalBytes: 0, parts: 0, partsDone: 0, received: 0 }];
    case "planned":
      return change(action.id, { state: "running", totalBytes: action.totalBytes, parts: action.parts });
    case "received":
      return change(action.id, { received: action.received, partsDone: action.partsDone });
    case "state":
      return change(action.id, { state: action.state });
    case "remove":
      return downloads.filter(({ id }) => id !== action.id);
    case "clear":
      return downloads.filter((download) => isRunning(download));
  }
}

/** Of all bytes of all parts, 0..1. */
export const progressOf = ({ received, totalBytes }: Download): number => (totalBytes > 0 ? Math.min(1, received / totalBytes) : 0);
