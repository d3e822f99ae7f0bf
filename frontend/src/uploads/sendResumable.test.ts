import { expect, it } from "vitest";
import { canRetry, isLarge } from "./sendResumable";

const file = (size: number) => ({ size }) as File;

it("sends large files so that they can break off", () => {
  expect([1, 50 * 1024 * 1024, 50 * 1024 * 1024 + 1].map((size) => isLarge(file(size)))).toEqual([false, false, true]);
});

it("tries again where that may help", () => {
  expect([undefined, 0, 409, 423, 429, 460, 500, 502, 503].map(canRetry)).not.toContain(false);
  expect([400, 401, 403, 404, 412, 413, 415, 507].map(canRetry)).not.toContain(true);
});
