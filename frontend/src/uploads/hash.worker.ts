// The SHA-256 of a file, read piece by piece: the browser's own wants all of it in memory, and a secure page.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

const PIECE = 4 * 1024 * 1024;

export type Hashed = { hash: string } | { error: string };

async function hashOf(file: File): Promise<string> {
  const hash = sha256.create();
  for (let start = 0; start < file.size; start += PIECE) {
    hash.update(new Uint8Array(await file.slice(start, start + PIECE).arrayBuffer()));
  }
  return bytesToHex(hash.digest());
}

addEventListener("message", ({ data }: MessageEvent<File>) => {
  hashOf(data).then(
    (hash) => postMessage({ hash } satisfies Hashed),
    (error: unknown) => postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies Hashed),
  );
});
