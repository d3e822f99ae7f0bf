import { expect, it } from "vitest";
import { nextToStart, shownFirst, totalsOf, type Upload, type UploadState, uploadsReducer } from "./queue";
import { outcomeOf } from "./sendUpload";

const upload = (id: string, state: UploadState, size = 10): Upload => ({ id, state, folderId: undefined, file: new File([new Uint8Array(size)], id) });
const sending: UploadState = { type: "sending", sent: 5, total: 10 };

it("starts three at once, in the order they came", () => {
  const uploads = ["a", "b", "c", "d"].map((id) => upload(id, { type: "queued" }));
  expect(nextToStart(uploads).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  const busy = [upload("x", sending), upload("y", sending), ...uploads];
  expect(nextToStart(busy).map(({ id }) => id)).toEqual(["a"]);
});

it("counts outcomes, and progress by bytes", () => {
  const totals = totalsOf([
    upload("a", { type: "added", mediaId: "1" }, 100),
    upload("b", { type: "duplicate", mediaId: "1" }, 100),
    upload("c", sending, 100),
    upload("d", { type: "queued" }, 100),
  ]);
  expect(totals).toEqual({ total: 4, done: 2, added: 1, duplicates: 1, failed: 0, progress: 0.625 });
});

it("retries what failed and may yet go in, and nothing else", () => {
  const uploads = [upload("a", { type: "rejected", message: "no", canRetry: true }), upload("b", { type: "added", mediaId: "1" }), upload("c", { type: "cancelled" }), upload("d", { type: "rejected", message: "no picture", canRetry: false })];
  expect(uploadsReducer(uploads, { type: "retry" }).map(({ state }) => state.type)).toEqual(["queued", "added", "queued", "rejected"]);
  expect(uploadsReducer(uploads, { type: "retry", id: "c" }).map(({ state }) => state.type)).toEqual(["rejected", "added", "queued", "rejected"]);
});

it("keeps what is not finished when cleared", () => {
  const uploads = [upload("a", sending), upload("b", { type: "added", mediaId: "1" })];
  expect(uploadsReducer(uploads, { type: "clear" }).map(({ id }) => id)).toEqual(["a"]);
});

it("does not go on with what was stopped, whatever is told of it still", () => {
  const stopped = [upload("a", { type: "cancelled" })];
  expect(uploadsReducer(stopped, { type: "change", id: "a", state: sending })[0]?.state.type).toBe("cancelled");
  expect(uploadsReducer(stopped, { type: "change", id: "a", state: { type: "added", mediaId: "1" } })[0]?.state.type).toBe("added");
});

it("cancels only what has not started", () => {
  const uploads = uploadsReducer([upload("a", sending), upload("b", { type: "queued" })], { type: "cancelQueued" });
  expect(uploads.map(({ state }) => state.type)).toEqual(["sending", "cancelled"]);
});

it("shows what runs and what failed first", () => {
  const uploads = [upload("a", { type: "added", mediaId: "1" }), upload("b", { type: "rejected", message: "", canRetry: false }), upload("c", sending)];
  expect(shownFirst(uploads, 2).map(({ id }) => id)).toEqual(["c", "b"]);
});

const outcome = (code: string) => outcomeOf({ __typename: "RejectedUpload", code, message: "no" });

it("does not offer to send again what can never go in", () => {
  expect(outcome("UNSUPPORTED_MEDIA")).toMatchObject({ canRetry: false });
  expect(outcome("UNAVAILABLE")).toMatchObject({ canRetry: true });
});
