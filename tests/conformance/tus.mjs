// tus-js-client against our route: through a line that breaks, and in two goes with a pause between.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { Upload } from "tus-js-client";

const [, , server, path, mode, argument] = process.argv;
const content = await readFile(path);
const sha256 = createHash("sha256").update(content).digest("hex");
const metadata = { filename: "sent.png", sha256: mode === "wrong" ? sha256.replace(/^./, (digit) => (digit === "0" ? "1" : "0")) : sha256 };

/** Passes on to the server, and hangs up on each of its first connections after some bytes. */
async function brokenLine(cuts, bytes) {
  let broken = 0;
  const { hostname, port } = new URL(server);
  const line = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    const isCut = broken < cuts;
    let passed = 0;
    client.on("data", (piece) => {
      passed += piece.length;
      upstream.write(piece);
      if (isCut && passed > bytes) {
        broken += 1;
        client.destroy();
        upstream.destroy();
      }
    });
    upstream.pipe(client);
    for (const socket of [client, upstream]) socket.on("error", () => socket.destroy());
    client.on("close", () => upstream.destroy());
  });
  await new Promise((resolve) => line.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${line.address().port}`, broken: () => broken };
}

function send(options) {
  const seen = { retries: 0 };
  return new Promise((resolve, reject) => {
    const upload = new Upload(content, {
      metadata,
      uploadSize: content.length,
      retryDelays: [0, 100, 200, 400, 800],
      onShouldRetry: () => {
        seen.retries += 1;
        return true;
      },
      onError: reject,
      onSuccess: () => resolve({ ...seen, url: upload.url }),
      ...options,
      onChunkComplete: (_, accepted) => {
        if (mode !== "begin" || accepted >= content.length) return;
        void upload.abort().then(() => resolve({ url: upload.url, accepted }));
      },
    });
    upload.start();
  });
}

const outcomeOf = async (url) => (await fetch(url)).json();

const line = mode === "broken" ? await brokenLine(3, content.length / 5) : { url: server, broken: () => 0 };
const options = {
  begin: { endpoint: `${server}/uploads`, chunkSize: Math.ceil(content.length / 4) },
  resume: { endpoint: `${server}/uploads`, uploadUrl: argument },
  creation: { endpoint: `${server}/uploads`, uploadDataDuringCreation: true },
}[mode] ?? { endpoint: `${line.url}/uploads` };
const sent = await send(options);
const found = mode === "begin" ? {} : await outcomeOf(sent.url);
console.log(JSON.stringify({ ...sent, ...found, sha256, size: content.length, broken: line.broken() }));
process.exit(0);
