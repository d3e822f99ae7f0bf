/** Where the bytes of one part go: a file that the user chose. */
export interface Sink {
  write: (piece: Uint8Array<ArrayBuffer>) => Promise<void>;
  close: () => Promise<void>;
  abort: () => Promise<void>;
}

export interface Part {
  url: string;
  sizeBytes: number;
}

const TRIES = 5;
const FIRST_WAIT_MS = 500;

interface TransferOptions {
  signal: AbortSignal;
  onReceived: (bytes: number) => void;
  fetch?: typeof fetch;
  wait?: (ms: number) => Promise<void>;
}

/**
 * Copies a part to its sink from byte `start` on. A broken connection is taken up where it broke, a few times;
 * then it throws, and what has been written counts for the next call.
 */
export async function transferPart(part: Part, sink: Sink, start: number, { signal, onReceived, fetch: get = fetch, wait = pause }: TransferOptions): Promise<void> {
  let received = start;
  for (let attempt = 0; received < part.sizeBytes; attempt++) {
    try {
      const headers: HeadersInit = received > 0 ? { Range: `bytes=${received}-` } : {};
      const response = await get(part.url, { signal, headers, credentials: "same-origin" });
      if (response.status !== (received > 0 ? 206 : 200) || !response.body) throw new Error(`HTTP ${response.status}`);
      const reader = response.body.getReader();
      for (let { done, value } = await reader.read(); !done && value; { done, value } = await reader.read()) {
        await sink.write(value);
        received += value.length;
        attempt = 0;
        onReceived(received);
      }
      if (received < part.sizeBytes) throw new Error("The part ended too early");
    } catch (error) {
      if (signal.aborted || attempt + 1 >= TRIES) throw error;
      await wait(FIRST_WAIT_MS * 2 ** attempt);
    }
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
