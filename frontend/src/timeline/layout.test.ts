import { describe, expect, it } from "vitest";
import { decodeRatios, geometryOf, geometryOfItems, mapIndex, sectionsOf } from "./geometry";
import { boxAt, itemsOfRows, layoutRows, rowsBetween } from "./layout";

const OPTIONS = { width: 1000, rowHeight: 200, gap: 4, headerHeight: 50 };

function geometry(counts: Record<string, number>, ratio: (index: number) => number = () => 1.5) {
  const sections = sectionsOf(Object.entries(counts).map(([key, count]) => ({ key, count })));
  const total = sections.reduce((sum, { count }) => sum + count, 0);
  return { total, sections, ratios: Float32Array.from({ length: total }, (_, index) => ratio(index)) };
}

describe("decoding", () => {
  it("reads bytes as 32nds of an octave around square", () => {
    const ratios = decodeRatios(btoa(String.fromCharCode(128, 160, 96)));
    expect([...ratios]).toEqual([1, 2, 0.5]);
  });

  it("lays buckets end to end", () => {
    const { sections, total } = geometryOf({
      totalCount: 3,
      buckets: [{ key: "2026-02", count: 2 }, { key: "2026-01", count: 1 }],
      aspectRatios: btoa("\x80\x80\x80"),
    });
    expect(total).toBe(3);
    expect(sections).toEqual([{ key: "2026-02", start: 0, count: 2 }, { key: "2026-01", start: 2, count: 1 }]);
  });
});

it("takes a list without buckets as one stretch", () => {
  expect(geometryOf({ totalCount: 2, buckets: [], aspectRatios: btoa("\x80\x80") }).sections).toEqual([{ key: "", start: 0, count: 2 }]);
});

describe("layoutRows", () => {
  it("fills every row but a section's last exactly, near the height asked for", () => {
    const layout = layoutRows(geometry({ a: 500 }, (index) => 0.5 + ((index * 7) % 20) / 10), OPTIONS);
    for (const row of layout.rows.filter(({ count }) => count > 0).slice(0, -1)) {
      const last = row.start + row.count - 1;
      expect((layout.itemLeft[last] ?? 0) + (layout.itemWidth[last] ?? 0)).toBeCloseTo(1000, 1);
      expect(row.height).toBeGreaterThan(120);
      expect(row.height).toBeLessThan(300);
    }
  });

  it("places each item once, in order, rows never overlapping", () => {
    const layout = layoutRows(geometry({ a: 31, b: 1, c: 77 }), OPTIONS);
    const items = layout.rows.filter(({ count }) => count > 0);
    expect(items.reduce((sum, { count }) => sum + count, 0)).toBe(109);
    layout.rows.slice(1).forEach((row, index) => {
      const above = layout.rows[index];
      expect(row.top).toBeGreaterThanOrEqual((above?.top ?? 0) + (above?.height ?? 0));
    });
    expect(layout.rows.filter(({ count }) => count === 0).map(({ section }) => section.key)).toEqual(["a", "b", "c"]);
  });

  it("keeps a lone picture at the height asked for, and a panorama inside the width", () => {
    expect(layoutRows(geometry({ a: 1 }), OPTIONS).rows[1]?.height).toBe(200);
    expect(layoutRows(geometry({ a: 1 }, () => 16), { ...OPTIONS, width: 300 }).itemWidth[0]).toBeLessThanOrEqual(300);
  });

  it("is empty for nothing, and gives searched items no heading", () => {
    expect(layoutRows(geometry({}), OPTIONS).height).toBe(0);
    expect(layoutRows(geometryOfItems([{ width: 3, height: 2 }]), OPTIONS).rows).toHaveLength(1);
  });

  it("knows the stretch that each section takes", () => {
    const layout = layoutRows(geometry({ a: 31, b: 1, c: 77 }), OPTIONS);
    expect(layout.boxes.map(({ section }) => section.key)).toEqual(["a", "b", "c"]);
    layout.boxes.forEach((box, index) => {
      expect(box.top + box.height).toBeCloseTo(layout.boxes[index + 1]?.top ?? layout.height + layout.gap);
      expect(boxAt(layout, box.top + 1)).toBe(box);
    });
  });
});

describe("looking up", () => {
  const layout = layoutRows(geometry({ a: 100 }), OPTIONS);

  it("finds the rows a viewport shows and their items", () => {
    const rows = rowsBetween(layout, 300, 700);
    expect(layout.rows[rows.first]?.top).toBeLessThanOrEqual(300);
    expect(layout.rows[rows.last + 1]?.top).toBeGreaterThan(700);
    const items = itemsOfRows(layout, rows);
    expect(layout.itemRow[items.first]).toBe(rows.first);
    expect(layout.itemRow[items.last]).toBe(rows.last);
  });

  it("maps an index by its section when others grow or go", () => {
    const before = geometry({ b: 10, a: 10 });
    expect(mapIndex(before, geometry({ c: 5, b: 10, a: 10 }), 12)).toBe(17);
    expect(mapIndex(before, geometry({ b: 10, a: 1 }), 15)).toBe(10);
    expect(mapIndex(before, geometry({}), 15)).toBe(0);
  });
});
