import { expect, it } from "vitest";
import { cellFor, frameOf, MOST_ZOOM, WHOLE, within, zoomAbout } from "./view";
import { OUTLINES, project, WORLD } from "./world";

it("keeps the world in sight", () => {
  expect(within({ x: -500, y: 9999, zoom: 2 })).toEqual({ x: WORLD.width / 4, y: WORLD.height * 0.75, zoom: 2 });
  expect(within({ x: 1, y: 1, zoom: 0.1 })).toEqual(WHOLE);
  expect(within({ x: 1, y: 1, zoom: 1e9 }).zoom).toBe(MOST_ZOOM);
});

it("zooms about a point that stays where it is", () => {
  const size = { width: 1000, height: 520 };
  const at = { x: 600, y: 200 };
  const place = (view: typeof WHOLE) => {
    const { scale, left, top } = frameOf(view, size);
    return [at.x * scale + left, at.y * scale + top].map(Math.round);
  };
  expect(place(zoomAbout(WHOLE, 4, at))).toEqual(place(WHOLE));
});

it("gathers over less of the world the closer one looks", () => {
  expect(cellFor(1)).toBe(16);
  expect(cellFor(8)).toBe(2);
  expect(cellFor(1e9)).toBe(0.01);
});

it("draws the land, and knows where places lie on it", () => {
  expect(OUTLINES.land.length).toBeGreaterThan(10_000);
  const { x, y } = project(0, 0);
  expect([Math.round(x), Math.round(y)]).toEqual([500, 260]);
  expect(project(40, -74).x).toBeLessThan(project(40, 20).x);
  expect(project(60, 0).y).toBeLessThan(project(-60, 0).y);
});
