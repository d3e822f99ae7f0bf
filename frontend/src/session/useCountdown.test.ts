import { expect, it } from "vitest";
import { secondsLeft } from "./useCountdown";

it("counts a second that has begun, and nothing below none", () => {
  expect(secondsLeft(10_000, 0)).toBe(10);
  expect(secondsLeft(10_000, 9_001)).toBe(1);
  expect(secondsLeft(10_000, 10_000)).toBe(0);
  expect(secondsLeft(10_000, 99_000)).toBe(0);
});
