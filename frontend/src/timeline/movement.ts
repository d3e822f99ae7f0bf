import { type Layout, type Range, rowAt } from "./layout";

export type Direction = "left" | "right" | "up" | "down";

/** The item an arrow key leads to: along the order, or the nearest centre in the next row. */
export function neighbour(layout: Layout, index: number, direction: Direction): number {
  const total = layout.itemRow.length;
  if (direction === "left") return Math.max(0, index - 1);
  if (direction === "right") return Math.min(total - 1, index + 1);
  const step = direction === "up" ? -1 : 1;
  return nearestInRow(layout, (layout.itemRow[index] ?? 0) + step, step, index);
}

/** The item a page further down (or up): the nearest centre in the row about `distance` pixels away. */
export function pageFrom(layout: Layout, index: number, distance: number): number {
  const row = layout.rows[layout.itemRow[index] ?? 0];
  if (!row) return index;
  const step = distance < 0 ? -1 : 1;
  const aimed = rowAt(layout, row.top + distance);
  const found = nearestInRow(layout, aimed === row.index ? aimed + step : aimed, step, index);
  return found === index ? nearestInRow(layout, aimed, -step, index) : found;
}

/** In that row or, where it is a heading, the next one in the direction of `step`. */
function nearestInRow(layout: Layout, from: number, step: number, index: number): number {
  let rowIndex = from;
  while (layout.rows[rowIndex]?.count === 0) rowIndex += step;
  const row = layout.rows[rowIndex];
  if (!row) return index;
  const centre = centreOf(layout, index);
  let best = row.start;
  for (let item = row.start; item < row.start + row.count; item++) {
    if (Math.abs(centreOf(layout, item) - centre) < Math.abs(centreOf(layout, best) - centre)) best = item;
  }
  return best;
}

function centreOf(layout: Layout, index: number): number {
  return (layout.itemLeft[index] ?? 0) + (layout.itemWidth[index] ?? 0) / 2;
}

/** Stretches of items whose tiles touch a rectangle on the grid. */
export function itemsInside(layout: Layout, rectangle: { left: number; top: number; right: number; bottom: number }): Range[] {
  const found: Range[] = [];
  const to = rowAt(layout, rectangle.bottom);
  for (let number = rowAt(layout, rectangle.top); number <= to; number++) {
    const row = layout.rows[number];
    if (!row || row.top + row.height < rectangle.top || row.top > rectangle.bottom) continue;
    const touched = (item: number) => (layout.itemLeft[item] ?? 0) <= rectangle.right && (layout.itemLeft[item] ?? 0) + (layout.itemWidth[item] ?? 0) >= rectangle.left;
    let first = row.start;
    let last = row.start + row.count - 1;
    while (first <= last && !touched(first)) first++;
    while (last >= first && !touched(last)) last--;
    const before = found.at(-1);
    if (first > last) continue;
    if (before && before.last === first - 1) before.last = last;
    else found.push({ first, last });
  }
  return found;
}
