// Lays compressed copies beside the built files, once and as small as can be: the server only picks one.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const WORTH_IT = 1000;
const folder = process.env.GALLERYNET_WEB ?? fileURLToPath(new URL("../gallerynet/web", import.meta.url));
const compress = {
  ".br": (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  ".gz": (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (!entry.isFile() || !/\.(css|html|js|json|svg)$/.test(entry.name)) continue;
  const bytes = await readFile(path);
  if (bytes.length < WORTH_IT) continue;
  await Promise.all(Object.entries(compress).map(async ([ending, by]) => writeFile(path + ending, await by(bytes))));
}
