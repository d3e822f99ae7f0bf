import { expect, it } from "vitest";
import { formatBucket, formatBytes, formatDate, formatDuration } from "./format";

it("writes sizes with the unit that keeps them short", () => {
  expect([0, 999, 1000, 2_530_000, 7.1e12].map(formatBytes)).toEqual(["0 bytes", "999 bytes", "1 kB", "2.5 MB", "7.1 TB"]);
});

it("writes durations as clocks do", () => {
  expect([4, 65, 3671].map(formatDuration)).toEqual(["0:04", "1:05", "1:01:11"]);
});

it("names months, and leaves what is no month", () => {
  expect(formatBucket("2026-11")).toBe("November 2026");
  expect(formatBucket("2026")).toBe("2026");
});

it("keeps the camera's day whatever the viewer's zone", () => {
  expect(formatDate("2026-11-22T23:59:00Z")).toContain("22");
});
