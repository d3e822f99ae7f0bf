import { expect, it } from "vitest";
import { clockOf, momentOf } from "./clock";

it("keeps the clock on the wall, in whatever zone the reader is", () => {
  expect(clockOf("2026-07-01T23:30:05Z")).toBe("2026-07-01T23:30:05");
  expect(momentOf("2026-07-01T23:30:05")).toBe("2026-07-01T23:30:05.000Z");
  // Fields leave out seconds that are zero.
  expect(momentOf("2026-07-01T23:30")).toBe("2026-07-01T23:30:00.000Z");
  expect(momentOf("")).toBeUndefined();
});
