import type { DetailedError, Upload as TusUpload } from "tus-js-client";
import { REQUEST_HEADERS } from "@/graphql/client";
import { texts } from "@/texts";
import type { Hashed } from "./hash.worker";
import { throttled } from "./progressFetch";
import type { Upload, UploadState } from "./queue";
import { outcomeOf, type UploadResult } from "./sendUpload";

const LARGE = 50 * 1024 * 1024;
/** Of one request: what comes in between is kept too, but some proxies pass on nothing larger. */
const PIECE = 32 * 1024 * 1024;
/** Half a minute of silence in all; each success starts it anew. */
const RETRY_MS = [0, 1000, 2000, 4000, 8000, 15_000];

export const isLarge = (file: File) => file.size > LARGE;

/** Whether another try may help: the line broke, or the server was away, busy or at another place in the file. */
export function canRetry(status: number | undefined): boolean {
  return !status || (status >= 500 && status !== 507) || [409, 423, 429, 460].includes(status);
}

/** Sends one file so that it can break off and go on, also after the page was closed; returns how to stop it. */
export function sendResumable({ file, folderId }: Upload, onChange: (state: UploadState) => void): () => void {
  let isStopped = false;
  let upload: TusUpload | undefined;
  const report = (state: UploadState) => {
    if (!isStopped) onChange(state);
  };
  const send = async () => {
    const sha256 = await hashInWorker(file);
    const { Upload: TusUpload } = await import("tus-js-client");
    if (isStopped) return;
    await new Promise<void>((resolve, reject) => {
      upload = new TusUpload(file, {
        endpoint: "/uploads",
        headers: REQUEST_HEADERS,
        chunkSize: PIECE,
        retryDelays: RETRY_MS,
        onShouldRetry: (error) => canRetry(error.originalResponse?.getStatus()),
        // The same bytes to the same place, whatever the file is called: what a new page goes on with.
        fingerprint: () => Promise.resolve(`gallerynet ${sha256} ${folderId ?? ""}`),
        removeFingerprintOnSuccess: true,
        metadata: { filename: file.name, sha256, ...(folderId === undefined ? {} : { folderId }) },
        onProgress: throttled((sent, total) => report({ type: "sending", sent, total })),
        onSuccess: () => resolve(),
        onError: reject,
      });
      void upload.findPreviousUploads().then(([previous]) => {
        if (previous) upload?.resumeFromPreviousUpload(previous);
        upload?.start();
      }, reject);
    });
    if (upload?.url) report(outcomeOf(await outcomeAt(upload.url)));
  };
  send().catch((error: unknown) => report({ type: "rejected", message: messageOf(error), canRetry: true }));
  return () => {
    isStopped = true;
    upload?.abort(true).catch(() => undefined); // what the server keeps of it expires by itself
  };
}

function hashInWorker(file: File): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    const worker = new Worker(new URL("./hash.worker.ts", import.meta.url), { type: "module" });
    const end = (settle: () => void) => {
      worker.terminate();
      settle();
    };
    worker.addEventListener("message", ({ data }: MessageEvent<Hashed>) => end(() => ("hash" in data ? resolve(data.hash) : reject(new Error(data.error)))));
    worker.addEventListener("error", ({ message }) => end(() => reject(new Error(message))));
    worker.postMessage(file, []);
  });
}

/** The server answers within half a minute; null says that it is still at it. */
async function outcomeAt(url: string): Promise<UploadResult> {
  for (;;) {
    const response = await fetch(url, { headers: REQUEST_HEADERS, credentials: "same-origin" });
    const body = (await response.json()) as { outcome?: UploadResult | null };
    if (!response.ok) throw new Error(sentenceIn(body) ?? texts.errors.unknown);
    if (body.outcome) return body.outcome;
  }
}

function messageOf(error: unknown): string {
  const response = (error as Partial<DetailedError>).originalResponse;
  if (response === undefined) return error instanceof Error ? error.message : texts.errors.unknown;
  try {
    return sentenceIn(JSON.parse(response?.getBody() ?? "")) ?? texts.errors.unknown;
  } catch {
    return texts.errors.unreachable;
  }
}

function sentenceIn(body: unknown): string | undefined {
  return (body as { errors?: { message?: string }[] } | null)?.errors?.[0]?.message;
}
