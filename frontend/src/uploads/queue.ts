export type UploadState =
  | { type: "queued" }
  | { type: "sending"; sent: number; total: number }
  | { type: "added"; mediaId: string }
  | { type: "duplicate"; mediaId: string }
  | { type: "rejected"; message: string; canRetry: boolean }
  | { type: "cancelled" };

export interface Upload {
  id: string;
  file: File;
  folderId: string | undefined;
  state: UploadState;
}

export type UploadAction =
  | { type: "add"; uploads: readonly Upload[] }
  | { type: "change"; id: string; state: UploadState }
  | { type: "retry"; id?: string }
  | { type: "cancelQueued" }
  | { type: "clear" };

export const AT_ONCE = 3;

/** Trying again may help: the connection broke, the server was busy, or the user stopped it. */
export const canRetry = ({ state }: Upload) => state.type === "cancelled" || (state.type === "rejected" && state.canRetry);
export const isOpen = ({ state }: Upload) => state.type === "queued" || state.type === "sending";

export function uploadsReducer(uploads: readonly Upload[], action: UploadAction): readonly Upload[] {
  switch (action.type) {
    case "add":
      return [...uploads, ...action.uploads];
    case "change":
      // Progress that was still on its way does not start again what was stopped.
      return uploads.map((upload) => (upload.id === action.id && (action.state.type !== "sending" || isOpen(upload)) ? { ...upload, state: action.state } : upload));
    case "retry":
      return uploads.map((upload) => (canRetry(upload) && (action.id === undefined || action.id === upload.id) ? { ...upload, state: { type: "queued" } } : upload));
    case "cancelQueued":
      return uploads.map((upload) => (upload.state.type === "queued" ? { ...upload, state: { type: "cancelled" } } : upload));
    case "clear":
      return uploads.filter(isOpen);
  }
}

/** Those that may start now. */
export function nextToStart(uploads: readonly Upload[]): Upload[] {
  const running = uploads.filter(({ state }) => state.type === "sending").length;
  return uploads.filter(({ state }) => state.type === "queued").slice(0, Math.max(0, AT_ONCE - running));
}

export interface Totals {
  total: number;
  done: number;
  added: number;
  duplicates: number;
  failed: number;
  /** Of all bytes, 0..1. */
  progress: number;
}

export function totalsOf(uploads: readonly Upload[]): Totals {
  const count = (type: UploadState["type"]) => uploads.filter(({ state }) => state.type === type).length;
  const bytes = uploads.reduce((sum, { file }) => sum + file.size, 0);
  const sent = uploads.reduce((sum, { file, state }) => {
    if (state.type === "sending") return sum + (state.total > 0 ? (state.sent / state.total) * file.size : 0);
    return sum + (state.type === "queued" ? 0 : file.size);
  }, 0);
  return {
    total: uploads.length,
    done: uploads.filter((upload) => !isOpen(upload)).length,
    added: count("added"),
    duplicates: count("duplicate"),
    failed: count("rejected") + count("cancelled"),
    progress: bytes > 0 ? sent / bytes : 0,
  };
}

const ORDER: Record<UploadState["type"], number> = { sending: 0, rejected: 1, queued: 2, cancelled: 3, duplicate: 4, added: 5 };

/** What needs a look first; of thousands, the list shows these. */
export function shownFirst(uploads: readonly Upload[], most: number): Upload[] {
  return uploads.toSorted((a, b) => ORDER[a.state.type] - ORDER[b.state.type]).slice(0, most);
}
