// What the clients share: the server under test, changes to be told of, and a picture to send.
import { readFile } from "node:fs/promises";

export const [, , URL_OF_SERVER, PICTURE] = process.argv;
export const HEADERS = { "X-Requested-With": "conformance" };

export const UPLOAD = `mutation Upload($files: [Upload!]!) {
  uploadMedia(files: $files) { __typename ... on UploadedMedia { filename media { id } } }
}`;
export const EVENTS = "subscription Events { libraryEvents { __typename cursor } }";
export const SESSION = "query Session { session { isAuthenticated } }";

export async function picture() {
  return new File([await readFile(PICTURE)], "sent.jpg", { type: "image/jpeg" });
}

/** Changes the library again and again until the work is done: nobody knows when a subscription is in place. */
export async function whileChanging(work) {
  const body = JSON.stringify({ query: 'mutation { createFolder(name: "told") { id } }' });
  const headers = { "content-type": "application/json", ...HEADERS };
  const timer = setInterval(() => void fetch(URL_OF_SERVER, { method: "POST", headers, body }), 100);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

export async function first(stream) {
  for await (const value of stream) return value;
  return null;
}

/** What a promise is rejected with, as JSON can show it. */
export async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return error instanceof Error ? { message: error.message } : error;
  }
  return null;
}

export function report(results) {
  console.log(JSON.stringify(results));
  process.exit(0);
}
