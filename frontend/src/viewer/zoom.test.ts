import { expect, it } from "vitest";
import { FIT, held, LARGEST, wheelFactor, zoomedAt } from "./zoom";

const STAGE = { width: 1000, height: 600 };
const PICTURE = { width: 900, height: 600 };

it("keeps the point under the pointer where it is", () => {
  const point = { x: 200, y: -100 };
  const zoom = zoomedAt(zoomedAt(FIT, 2, point), 5, point);
  expect({ x: (point.x - zoom.x) / zoom.scale, y: (point.y - zoom.y) / zoom.scale }).toEqual(point);
});

it("goes neither below the fit nor beyond what shows only squares", () => {
  expect(zoomedAt(FIT, 0.2, { x: 0, y: 0 }).scale).toBe(1);
  expect(zoomedAt(FIT, 100, { x: 0, y: 0 }).scale).toBe(LARGEST);
  expect(wheelFactor(-100)).toBeGreaterThan(1);
  expect(wheelFactor(100) * wheelFactor(-100)).toBeCloseTo(1);
});

it("lets no edge inside, and centres what is smaller than the stage", () => {
  expect(held({ scale: 2, x: 900, y: -900 }, PICTURE, STAGE)).toEqual({ scale: 2, x: 400, y: -300 });
  expect(held({ scale: 1, x: 30, y: 30 }, PICTURE, STAGE)).toEqual({ scale: 1, x: 0, y: 0 });
});
