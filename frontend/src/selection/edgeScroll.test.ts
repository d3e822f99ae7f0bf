import { expect, it } from "vitest";
import { edgeStep } from "./edgeScroll";

it("scrolls only near an edge, faster the nearer, and no faster outside", () => {
  expect(edgeStep(300, 0, 600)).toBe(0);
  expect(edgeStep(50, 0, 600)).toBeLessThan(0);
  expect(edgeStep(10, 0, 600)).toBeLessThan(edgeStep(50, 0, 600));
  expect(edgeStep(-400, 0, 600)).toBe(edgeStep(0, 0, 600));
  expect(edgeStep(590, 0, 600)).toBe(-edgeStep(10, 0, 600));
});
