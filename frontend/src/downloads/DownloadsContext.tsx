import { createContext, type ReactNode, use, useEffect, useMemo, useReducer, useRef } from "react";
import { toast } from "sonner";
import { useClient } from "urql";
import { messageOf } from "@/graphql/errors";
import { texts } from "@/texts";
import { type MediaSelection, PlanDownloadMutation } from "./documents";
import { type Download, downloadsReducer, isRunning } from "./downloads";
import { askWhere, followLinks, type OpenSink } from "./files";
import { type Part, type Sink, transferPart } from "./transfer";

interface Downloads {
  downloads: readonly Download[];
  download: (selection: MediaSelection, label: string) => Promise<void>;
  cancel: (id: string) => void;
  resume: (id: string) => void;
  clear: () => void;
}

const DownloadsContext = createContext<Downloads | null>(null);

export function useDownloads(): Downloads {
  const value = use(DownloadsContext);
  if (!value) throw new Error("useDownloads needs a DownloadsProvider");
  return value;
}

/** What a download needs to go on after it has broken off. */
interface Work {
  parts: readonly (Part & { filename: string })[];
  open: OpenSink;
  sink?: Sink | undefined;
  partsDone: number;
  /** Of the part that is being written. */
  received: number;
  stop: AbortController;
}

let nextNumber = 1;
/** More often than this, progress costs more than it tells. */
const PROGRESS_MS = 200;

/** Above every screen, so that a download goes on whatever is looked at. */
export function DownloadsProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const [downloads, dispatch] = useReducer(downloadsReducer, []);
  const works = useRef(new Map<string, Work>());

  const isBusy = downloads.some(isRunning);
  useEffect(() => {
    if (!isBusy) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isBusy]);

  const value = useMemo<Omit<Downloads, "downloads">>(() => {
    const run = async (id: string) => {
      const work = works.current.get(id);
      if (!work) return;
      work.stop = new AbortController();
      dispatch({ type: "state", id, state: "running" });
      try {
        await writeParts(work, (received) => dispatch({ type: "received", id, received, partsDone: work.partsDone }));
        works.current.delete(id);
        dispatch({ type: "state", id, state: "done" });
      } catch {
        dispatch({ type: "state", id, state: work.stop.signal.aborted ? "cancelled" : "failed" });
        if (!work.stop.signal.aborted) return;
        works.current.delete(id);
        await work.sink?.abort();
      }
    };
    const download = async (selection: MediaSelection, label: string) => {
      const id = `download ${nextNumber++}`;
      dispatch({ type: "add", id, label });
      const { data, error } = await client.mutation(PlanDownloadMutation, { selection });
      const parts = data?.planDownload.parts ?? [];
      if (parts.length === 0) {
        dispatch({ type: "remove", id });
        toast.error(error ? messageOf(error) : texts.downloads.nothing);
        return;
      }
      const open = await askWhere(parts.map(({ filename }) => filename));
      if (open === "cancelled") {
        dispatch({ type: "remove", id });
        return;
      }
      dispatch({ type: "planned", id, totalBytes: data?.planDownload.totalBytes ?? 0, parts: parts.length });
      if (!open) {
        await followLinks(parts);
        dispatch({ type: "state", id, state: "handed" });
        return;
      }
      works.current.set(id, { parts, open, partsDone: 0, received: 0, stop: new AbortController() });
      await run(id);
    };
    return {
      download,
      cancel: (id) => {
        const work = works.current.get(id);
        work?.stop.abort();
        dispatch({ type: "state", id, state: "cancelled" });
      },
      resume: (id) => void run(id),
      clear: () => dispatch({ type: "clear" }),
    };
  }, [client]);

  const all = useMemo(() => ({ ...value, downloads }), [value, downloads]);
  return <DownloadsContext value={all}>{children}</DownloadsContext>;
}

async function writeParts(work: Work, onReceived: (bytes: number) => void): Promise<void> {
  const before = () => work.parts.slice(0, work.partsDone).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let reportedAt = 0;
  while (work.partsDone < work.parts.length) {
    const part = work.parts[work.partsDone];
    if (!part) return;
    work.sink ??= await work.open(part.filename);
    const done = before();
    await transferPart(part, work.sink, work.received, {
      signal: work.stop.signal,
      onReceived: (bytes) => {
        work.received = bytes;
        const now = performance.now();
        if (now - reportedAt < PROGRESS_MS) return;
        reportedAt = now;
        onReceived(done + bytes);
      },
    });
    await work.sink.close();
    work.sink = undefined;
    work.received = 0;
    work.partsDone++;
    onReceived(before());
  }
}
