import { expect, it } from "vitest";
import { daysLeft } from "./daysLeft";

it("counts whole days until the thirtieth, and never below none", () => {
  const now = Date.parse("2026-03-01T12:00:00Z");
  expect(daysLeft("2026-03-01T12:00:00Z", now)).toBe(30);
  expect(daysLeft("2026-02-28T13:00:00Z", now)).toBe(29);
  expect(daysLeft("2026-01-30T13:00:00Z", now)).toBe(0);
  expect(daysLeft("2025-01-01T00:00:00Z", now)).toBe(0);
});
