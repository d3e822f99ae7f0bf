import { expect, it } from "vitest";
import { en } from "@/texts/en";
import { addressOf, describePosition, readBounds } from "./address";

it("finds the bounds of an address again", () => {
  const bounds = { south: -33.9, west: 151, north: -33.5, east: 151.5 };
  expect(readBounds(new URL(addressOf(bounds), "http://x").searchParams)).toEqual(bounds);
});

it.each(["", "1,2,3", "1,2,3,x", "1,2,3,4,5", "1,,3,4"])("takes %j for no bounds", (text) => {
  expect(readBounds(new URLSearchParams({ in: text }))).toBeUndefined();
});

it("writes degrees as maps do", () => {
  expect(describePosition(46.5, -8.25, en.map, (value) => value.toFixed(1))).toBe("46.5° N, 8.3° W");
});
