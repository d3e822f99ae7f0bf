import { expect, it } from "vitest";
import { sectionsOf } from "./geometry";
import { layoutRows } from "./layout";
import { itemsInside, neighbour, pageFrom } from "./movement";

function layoutOf(counts: Record<string, number>) {
  const sections = sectionsOf(Object.entries(counts).map(([key, count]) => ({ key, count })));
  const total = sections.reduce((sum, { count }) => sum + count, 0);
  return layoutRows({ total, sections, ratios: new Float32Array(total).fill(1.5) }, { width: 1000, rowHeight: 200, gap: 4, headerHeight: 50 });
}

it("moves up and down to the nearest centre, and over headings", () => {
  const two = layoutOf({ a: 3, b: 3 });
  expect(neighbour(two, 1, "down")).toBe(4);
  expect(neighbour(two, 4, "up")).toBe(1);
  expect(neighbour(two, 1, "up")).toBe(1);
  expect(neighbour(two, 5, "right")).toBe(5);
});

it("moves by pages in the same column, and stays at the ends", () => {
  const long = layoutOf({ a: 300 });
  const down = pageFrom(long, 1, 900);
  expect(long.rows[long.itemRow[down] ?? 0]?.top).toBeGreaterThan(600);
  expect(long.itemLeft[down]).toBe(long.itemLeft[1]);
  expect(pageFrom(long, down, -900)).toBe(1);
  expect(pageFrom(long, 1, -900)).toBe(1);
  expect(pageFrom(long, 298, 900)).toBe(298);
});

it("finds what a frame touches, across rows and headings, and nothing beside the grid", () => {
  const layout = layoutOf({ a: 7, b: 3 });
  const all = itemsInside(layout, { left: 0, top: 0, right: 1000, bottom: layout.height });
  expect(all).toEqual([{ first: 0, last: 9 }]);
  const [first, second] = layout.rows.filter(({ count }) => count > 0);
  const column = { left: (layout.itemLeft[1] ?? 0) + 10, right: (layout.itemLeft[1] ?? 0) + 20 };
  expect(itemsInside(layout, { ...column, top: (first?.top ?? 0) + 5, bottom: (second?.top ?? 0) + 5 })).toEqual([{ first: 1, last: 1 }, { first: (second?.start ?? 0) + 1, last: (second?.start ?? 0) + 1 }]);
  expect(itemsInside(layout, { left: 1200, right: 1300, top: 0, bottom: layout.height })).toEqual([]);
  expect(itemsInside(layout, { left: 0, right: 1000, top: 0, bottom: 20 })).toEqual([]);
});
