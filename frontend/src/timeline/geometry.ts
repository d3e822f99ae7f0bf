/** Where every item is, without the items: what `Query.timeline` answers, decoded. */
export interface Section {
  /** `YYYY-MM`, or empty for a list without headings. */
  key: string;
  start: number;
  count: number;
}

export interface Geometry {
  total: number;
  ratios: Float32Array;
  sections: Section[];
}

export interface Bucket {
  key: string;
  count: number;
}

/** Each byte is 128 + 32 * log2(width / height). */
const RATIO_OF_BYTE = Float32Array.from({ length: 256 }, (_, byte) => 2 ** ((byte - 128) / 32));

export function decodeRatios(base64: string): Float32Array {
  const bytes = atob(base64);
  return Float32Array.from({ length: bytes.length }, (_, index) => RATIO_OF_BYTE[bytes.charCodeAt(index)] ?? 1);
}

export function sectionsOf(buckets: readonly Bucket[]): Section[] {
  let start = 0;
  return buckets.map(({ key, count }) => {
    const section = { key, start, count };
    start += count;
    return section;
  });
}

export function geometryOf(timeline: { totalCount: number; buckets: readonly Bucket[]; aspectRatios: string }): Geometry {
  return {
    total: timeline.totalCount,
    ratios: decodeRatios(timeline.aspectRatios),
    // A list that is not ordered by time is one stretch without a heading.
    sections: sectionsOf(timeline.buckets.length > 0 ? timeline.buckets : [{ key: "", count: timeline.totalCount }]),
  };
}

/** A list that is known item by item, as one section without a heading. */
export function geometryOfItems(items: readonly { width: number | null; height: number | null }[]): Geometry {
  return {
    total: items.length,
    ratios: Float32Array.from(items, ({ width, height }) => (width && height ? width / height : 1)),
    sections: [{ key: "", start: 0, count: items.length }],
  };
}

/**
 * Where an index of one geometry probably lies in the next, after items have come or gone
 * elsewhere: the same distance from the start of its section.
 */
export function mapIndex(from: Geometry, to: Geometry, index: number): number {
  const section = from.sections.find(({ start, count }) => index < start + count);
  const target = section && to.sections.find(({ key }) => key === section.key);
  const mapped = section && target ? target.start + Math.min(index - section.start, target.count - 1) : index;
  return Math.max(0, Math.min(mapped, to.total - 1));
}
