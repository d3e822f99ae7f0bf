import { expect, it } from "vitest";
import { sectionsOf } from "./geometry";
import { layoutRows } from "./layout";
import { positionOf, scrollTopAt, sectionFrom, yearTicks } from "./scrubber";

const sections = sectionsOf(["2026-02", "2026-01", "2025-12", "2024-05"].map((key) => ({ key, count: 40 })));
const layout = layoutRows({ total: 160, sections, ratios: new Float32Array(160).fill(1.5) }, { width: 1000, rowHeight: 200, gap: 4, headerHeight: 50 });
const VIEWPORT = 600;

it("goes from a scroll position to the track and back", () => {
  for (const top of [0, 123, layout.height - VIEWPORT]) expect(scrollTopAt(positionOf(top, layout.height, VIEWPORT), layout.height, VIEWPORT)).toBeCloseTo(top);
  expect(positionOf(99, 400, VIEWPORT)).toBe(1);
  expect(scrollTopAt(2, layout.height, VIEWPORT)).toBe(layout.height - VIEWPORT);
});

it("marks each year where it starts, but not one over another", () => {
  const ticks = yearTicks(layout, VIEWPORT, 500, 10);
  expect(ticks.map(({ year }) => year)).toEqual(["2026", "2025", "2024"]);
  expect(ticks[0]?.position).toBe(0);
  expect(yearTicks(layout, VIEWPORT, 500, 10_000)).toHaveLength(1);
});

it("steps by sections and by years", () => {
  const [first, second, third, fourth] = layout.boxes;
  expect(sectionFrom(layout, 0, 1, false)).toBe(second);
  expect(sectionFrom(layout, 0, 1, true)).toBe(third);
  expect(sectionFrom(layout, second?.top ?? 0, -1, false)).toBe(first);
  expect(sectionFrom(layout, (second?.top ?? 0) + 50, -1, false)).toBe(second);
  expect(sectionFrom(layout, fourth?.top ?? 0, 1, false)).toBe(fourth);
});
