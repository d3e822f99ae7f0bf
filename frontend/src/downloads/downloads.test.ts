import { expect, it } from "vitest";
import { type Download, downloadsReducer, progressOf } from "./downloads";
import { type Sink, transferPart } from "./transfer";

const content = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);

function collecting(): Sink & { bytes: number[] } {
  const bytes: number[] = [];
  return { bytes, write: async (piece) => void bytes.push(...piece), close: async () => undefined, abort: async () => undefined };
}

/** Serves `content` with ranges; the first connection breaks after 400 bytes. */
const breaking: typeof fetch = async (_url, init) => {
  const range = new Headers(init?.headers).get("Range");
  if (range) return new Response(content.slice(Number(range.match(/\d+/)?.[0])), { status: 206 });
  let isFirst = true;
  const body = new ReadableStream({
    pull(controller) {
      if (isFirst) controller.enqueue(content.slice(0, 400));
      else controller.error(new TypeError("cut"));
      isFirst = false;
    },
  }, { highWaterMark: 0 });
  return new Response(body);
};

const options = { signal: new AbortController().signal, onReceived: () => undefined, wait: async () => undefined };

it("takes a broken part up where it broke", async () => {
  const sink = collecting();
  const seen: number[] = [];
  await transferPart({ url: "/part", sizeBytes: 1000 }, sink, 0, { ...options, onReceived: (bytes) => seen.push(bytes), fetch: breaking });
  expect(sink.bytes).toEqual([...content]);
  expect(seen).toEqual([400, 1000]);
});

it("gives up after a few tries without a byte", async () => {
  let tries = 0;
  const refuse: typeof fetch = async () => {
    tries++;
    throw new TypeError("unreachable");
  };
  await expect(transferPart({ url: "/part", sizeBytes: 10 }, collecting(), 0, { ...options, fetch: refuse })).rejects.toThrow("unreachable");
  expect(tries).toBe(5);
});

const whole: typeof fetch = async (_url, init) => {
  init?.signal?.throwIfAborted();
  return new Response(content);
};

it("does not take a whole file for the rest of one", async () => {
  const sink = collecting();
  await expect(transferPart({ url: "/part", sizeBytes: 1000 }, sink, 400, { ...options, fetch: whole })).rejects.toThrow("HTTP 200");
  expect(sink.bytes).toEqual([]);
});

it("stops when it is cancelled", async () => {
  const controller = new AbortController();
  controller.abort();
  await expect(transferPart({ url: "/part", sizeBytes: 1000 }, collecting(), 0, { ...options, signal: controller.signal, fetch: whole })).rejects.toThrow("aborted");
});

it("counts bytes over all parts", () => {
  let downloads: readonly Download[] = downloadsReducer([], { type: "add", id: "1", label: "Trip" });
  downloads = downloadsReducer(downloads, { type: "planned", id: "1", totalBytes: 200, parts: 2 });
  downloads = downloadsReducer(downloads, { type: "received", id: "1", received: 150, partsDone: 1 });
  expect(downloads.map(progressOf)).toEqual([0.75]);
  expect(downloadsReducer(downloads, { type: "clear" })).toHaveLength(1);
  expect(downloadsReducer(downloadsReducer(downloads, { type: "state", id: "1", state: "done" }), { type: "clear" })).toEqual([]);
});
