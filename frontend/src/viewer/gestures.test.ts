import { expect, it } from "vitest";
import { fitted, swipeOf } from "./gestures";

it("reads swipes by their dominant direction", () => {
  expect(swipeOf(-90, 10)).toBe("left");
  expect(swipeOf(90, 10)).toBe("right");
  expect(swipeOf(10, 90)).toBe("down");
  expect(swipeOf(10, -90)).toBeUndefined();
  expect(swipeOf(70, 69)).toBeUndefined();
});

it("reserves the picture's box", () => {
  expect(fitted({ width: 400, height: 200 })).toMatchObject({ aspectRatio: "400 / 200" });
  expect(fitted({ width: null, height: null })).toEqual({ maxWidth: "100%", maxHeight: "100%" });
});
