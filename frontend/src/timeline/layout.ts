import type { Geometry, Section } from "./geometry";

export interface LayoutOptions {
  width: number;
  /** The height rows aim at; a full row differs from it so that it fills the width exactly. */
  rowHeight: number;
  gap: number;
  headerHeight: number;
}

/** Every row of a justified grid, headings included, in order from top to bottom. */
export interface Layout {
  height: number;
  gap: number;
  rows: Row[];
  boxes: SectionBox[];
  itemLeft: Float32Array;
  itemWidth: Float32Array;
  /** The row that each item is in. */
  itemRow: Int32Array;
}

/** The stretch of the grid that a section takes, with its heading. */
export interface SectionBox {
  section: Section;
  top: number;
  height: number;
  firstRow: number;
  lastRow: number;
}

export interface Row {
  index: number;
  top: number;
  height: number;
  /** First item; a heading has a count of 0. */
  start: number;
  count: number;
  section: Section;
}

// Beyond these a picture is cropped a little in the grid: a panorama would be a thread, a scroll a pillar.
const NARROWEST = 0.45;
const WIDEST = 3.4;
/** An unfinished last row this full is stretched like the others. */
const NEARLY_FULL = 0.9;
const TALLEST = 1.5;

export function layoutRows(geometry: Geometry, options: LayoutOptions): Layout {
  const { total, ratios, sections } = geometry;
  const { width, rowHeight, gap, headerHeight } = options;
  const rows: Row[] = [];
  const boxes: SectionBox[] = [];
  const itemLeft = new Float32Array(total);
  const itemWidth = new Float32Array(total);
  const itemRow = new Int32Array(total);
  const ratioAt = (index: number) => Math.min(WIDEST, Math.max(NARROWEST, ratios[index] ?? 1));
  let top = 0;

  const pushRow = (section: Section, start: number, count: number, ratioSum: number, isLast: boolean) => {
    const free = width - gap * (count - 1);
    const filled = (ratioSum * rowHeight) / free;
    const height = isLast && filled < NEARLY_FULL ? rowHeight : Math.min(free / ratioSum, rowHeight * TALLEST);
    let left = 0;
    for (let index = start; index < start + count; index++) {
      itemLeft[index] = left;
      itemWidth[index] = Math.min(width, ratioAt(index) * height);
      itemRow[index] = rows.length;
      left += ratioAt(index) * height + gap;
    }
    rows.push({ index: rows.length, top, height, start, count, section });
    top += height + gap;
  };

  for (const section of sections) {
    if (section.count === 0) continue;
    const box = { section, top, height: 0, firstRow: rows.length, lastRow: 0 };
    if (section.key && headerHeight > 0) {
      rows.push({ index: rows.length, top, height: headerHeight, start: section.start, count: 0, section });
      top += headerHeight;
    }
    const end = section.start + section.count;
    let start = section.start;
    let sum = 0;
    for (let index = start; index < end; index++) {
      const next = sum + ratioAt(index);
      const count = index - start;
      if (count > 0 && breaksBefore(sum, next, count, options)) {
        pushRow(section, start, count, sum, false);
        start = index;
        sum = ratioAt(index);
      } else {
        sum = next;
      }
    }
    pushRow(section, start, end - start, sum, true);
    boxes.push({ ...box, height: top - box.top, lastRow: rows.length - 1 });
  }
  return { height: Math.max(0, top - gap), gap, rows, boxes, itemLeft, itemWidth, itemRow };
}

/** Of a row without and with the next item, the one whose height is nearer to what was asked for. */
function breaksBefore(sum: number, next: number, count: number, { width, rowHeight, gap }: LayoutOptions): boolean {
  const without = (width - gap * (count - 1)) / sum;
  const withNext = (width - gap * count) / next;
  if (withNext >= rowHeight) return false;
  return Math.abs(without / rowHeight - 1) < Math.abs(1 - withNext / rowHeight) || withNext < rowHeight / TALLEST;
}

/** A grid whose width is not known yet. */
export const NO_LAYOUT: Layout = { height: 0, gap: 0, rows: [], boxes: [], itemLeft: new Float32Array(), itemWidth: new Float32Array(), itemRow: new Int32Array() };

/** Index of the last of `list` that starts at or above `y`; 0 above them all. */
function lastAbove(list: readonly { top: number }[], y: number): number {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((list[middle]?.top ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

export const rowAt = (layout: Layout, y: number): number => lastAbove(layout.rows, y);
export const boxAt = (layout: Layout, y: number): SectionBox | undefined => layout.boxes[lastAbove(layout.boxes, y)];

export interface Range {
  first: number;
  last: number;
}

export function rowsBetween(layout: Layout, top: number, bottom: number): Range {
  return { first: rowAt(layout, top), last: rowAt(layout, bottom) };
}

export function itemsOfRows(layout: Layout, { first, last }: Range): Range {
  const from = layout.rows[first];
  const to = layout.rows[last];
  return { first: from?.start ?? 0, last: to ? Math.max(to.start, to.start + to.count - 1) : 0 };
}

