import type { Sink } from "./transfer";

/** What of the File System Access API is used; not in TypeScript's library, since not every browser has it. */
interface Pickers {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
  showDirectoryPicker?: (options: { mode: "readwrite" }) => Promise<FileSystemDirectoryHandle>;
}

export type OpenSink = (filename: string) => Promise<Sink>;

/**
 * Asks where to save: one file, or a folder for several. Undefined where the browser cannot write files itself;
 * "cancelled" where the user does not want to.
 */
export async function askWhere(filenames: readonly string[]): Promise<OpenSink | "cancelled" | undefined> {
  const { showSaveFilePicker, showDirectoryPicker } = globalThis as Pickers;
  const [only] = filenames;
  try {
    if (filenames.length === 1 && only && showSaveFilePicker) {
      const handle = await showSaveFilePicker({ suggestedName: only });
      return () => sinkOf(handle);
    }
    if (filenames.length > 1 && showDirectoryPicker) {
      const folder = await showDirectoryPicker({ mode: "readwrite" });
      return async (filename) => sinkOf(await folder.getFileHandle(filename, { create: true }));
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return "cancelled";
    // Not allowed here, or asked for too late after the click: links do as well.
  }
  return undefined;
}

async function sinkOf(handle: FileSystemFileHandle): Promise<Sink> {
  const stream = await handle.createWritable();
  return { write: (piece) => stream.write(piece), close: () => stream.close(), abort: () => stream.abort() };
}

const BETWEEN_LINKS_MS = 1000;

/** Lets the browser download them, one after another: at once it would take only the last. */
export async function followLinks(parts: readonly { url: string; filename: string }[]): Promise<void> {
  for (const [index, { url, filename }] of parts.entries()) {
    if (index > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_LINKS_MS));
    const link = document.createElement("a");
    link.href = url;
    link.download = filename;
    link.click();
  }
}
