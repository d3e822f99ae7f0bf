import type { Layout, SectionBox } from "./layout";
import { boxAt } from "./layout";

export interface Tick {
  year: string;
  /** 0 at the track's top, 1 at its end. */
  position: number;
}

/** Where scrolling stands, 0..1, and back: the scroll bar is exact since every height is known. */
export const positionOf = (scrollTop: number, height: number, viewport: number): number => Math.min(1, Math.max(0, scrollTop / Math.max(1, height - viewport)));
export const scrollTopAt = (position: number, height: number, viewport: number): number => Math.min(1, Math.max(0, position)) * Math.max(0, height - viewport);

/** Years along the track, where their first section starts; those too near to the one before are left out. */
export function yearTicks(layout: Layout, viewport: number, trackHeight: number, spacing: number): Tick[] {
  const ticks: Tick[] = [];
  let year = "";
  for (const { section, top } of layout.boxes) {
    const next = section.key.slice(0, 4);
    if (!next || next === year) continue;
    year = next;
    const position = positionOf(top, layout.height, viewport);
    const before = ticks.at(-1);
    if (!before || (position - before.position) * trackHeight >= spacing) ticks.push({ year, position });
  }
  return ticks;
}

/** The section a key leads to: the next or previous one, or the first of the next or previous year. */
export function sectionFrom(layout: Layout, scrollTop: number, step: 1 | -1, isByYear: boolean): SectionBox | undefined {
  const current = boxAt(layout, scrollTop + 1);
  if (!current) return undefined;
  let number = layout.boxes.indexOf(current);
  // Back to the start of the section one is in the middle of, before the one before it.
  if (step < 0 && scrollTop > current.top + 1 && !isByYear) return current;
  const year = current.section.key.slice(0, 4);
  number += step;
  if (isByYear) while (layout.boxes[number]?.section.key.slice(0, 4) === year) number += step;
  return layout.boxes[Math.min(layout.boxes.length - 1, Math.max(0, number))];
}
