/** A `fetch` that reports what has been sent: only XMLHttpRequest knows. For one operation's context. */
export function progressFetch(onProgress: (sent: number, total: number) => void): typeof fetch {
  return (input, init) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(init?.method ?? "POST", input instanceof Request ? input.url : String(input));
      new Headers(init?.headers).forEach((value, name) => request.setRequestHeader(name, value));
      request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded, total));
      request.addEventListener("load", () => {
        const type = request.getResponseHeader("Content-Type") ?? "application/json";
        resolve(new Response(request.responseText, { status: request.status, headers: { "Content-Type": type } }));
      });
      request.addEventListener("error", () => reject(new TypeError("Network request failed")));
      init?.signal?.addEventListener("abort", () => {
        request.abort();
        reject(new DOMException("Aborted", "AbortError"));
      });
      request.send(init?.body as XMLHttpRequestBodyInit);
    });
}

/** More often than this, progress costs more than it tells. */
const PROGRESS_MS = 200;

/** Passes on what is told of progress now and then, and the end of it. */
export function throttled(onProgress: (sent: number, total: number) => void): typeof onProgress {
  let reportedAt = 0;
  return (sent, total) => {
    const now = performance.now();
    if (sent < total && now - reportedAt < PROGRESS_MS) return;
    reportedAt = now;
    onProgress(sent, total);
  };
}
