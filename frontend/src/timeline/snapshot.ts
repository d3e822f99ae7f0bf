import type { Client, CombinedError } from "urql";
import type { VariablesOf } from "@/graphql/graphql";
import type { TileMedia } from "@/media/tileMedia";
import { MediaWindowQuery, type TimelineQuery } from "./documents";
import { type Geometry, geometryOf } from "./geometry";
import type { Range } from "./layout";

export const BLOCK_SIZE = 60;
/** Blocks this far from what is shown are let go; the cache still has them. */
const KEPT_AROUND = 3;

export type TimelineVariables = VariablesOf<typeof TimelineQuery>;
type TimelineData = { revision: string; totalCount: number; buckets: { key: string; count: number }[]; aspectRatios: string };

export function blocksOf(range: Range, total: number): Range {
  return { first: Math.floor(range.first / BLOCK_SIZE), last: Math.floor(Math.min(range.last, total - 1) / BLOCK_SIZE) };
}

interface Block {
  items: readonly TileMedia[] | undefined;
  stop: () => void;
}

/** One revision of a timeline: its geometry and the blocks of items read so far. */
export class Snapshot {
  readonly revision: string;
  readonly geometry: Geometry;
  private readonly blocks = new Map<number, Block>();
  /** What this revision has read already; the rest of the cache may be of another one. */
  private readonly read = new Set<number>();

  constructor(
    timeline: TimelineData,
    private readonly client: Client,
    private readonly variables: TimelineVariables,
    private readonly onChange: (error?: CombinedError) => void,
    private readonly ahead?: Promise<unknown>,
  ) {
    this.revision = timeline.revision;
    this.geometry = geometryOf(timeline);
  }

  /** Asks for the first block before there is a snapshot; resolves once the cache has it. */
  static readAhead(client: Client, variables: TimelineVariables): Promise<unknown> {
    return client.query(MediaWindowQuery, { ...variables, offset: 0, limit: BLOCK_SIZE }, { requestPolicy: "network-only" }).toPromise();
  }

  itemAt(index: number): TileMedia | undefined {
    return this.blocks.get(Math.floor(index / BLOCK_SIZE))?.items?.[index % BLOCK_SIZE];
  }

  indexOf(id: string): number | undefined {
    for (const [number, { items }] of this.blocks) {
      const position = items?.findIndex((item) => item.id === id) ?? -1;
      if (position >= 0) return number * BLOCK_SIZE + position;
    }
    return undefined;
  }

  /** Watches the blocks of a range and the one that has `held`, and lets the far ones go. */
  watch(range: Range, held: number): void {
    if (this.geometry.total === 0) return;
    const { first, last } = blocksOf(range, this.geometry.total);
    const kept = blocksOf({ first: held, last: held }, this.geometry.total).last;
    this.watchBlock(kept);
    for (let number = first; number <= last; number++) this.watchBlock(number);
    for (const [number, block] of this.blocks) {
      if (number !== kept && (number < first - KEPT_AROUND || number > last + KEPT_AROUND)) {
        block.stop();
        this.blocks.delete(number);
      }
    }
  }

  /** Resolves when the range's items are there, or have failed. */
  async load(range: Range): Promise<void> {
    if (this.geometry.total === 0) return;
    const { first, last } = blocksOf(range, this.geometry.total);
    const numbers = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
    await Promise.all(
      numbers.map(async (number) => {
        const { data } = await this.request(number).toPromise();
        if (data) this.read.add(number);
        this.watchBlock(number);
      }),
    );
  }

  /** Keeps the items as they are: the next revision asks for the same windows, whose answers would come here too. */
  freeze(): void {
    for (const block of this.blocks.values()) {
      block.stop();
      block.stop = () => undefined;
    }
  }

  stop(): void {
    for (const { stop } of this.blocks.values()) stop();
    this.blocks.clear();
  }

  private watchBlock(number: number): void {
    if (this.blocks.has(number)) return;
    const block: Block = { items: undefined, stop: () => undefined };
    this.blocks.set(number, block);
    if (number > 0 || !this.ahead || this.read.has(0)) this.subscribeTo(number, block);
    else {
      void this.ahead.then(() => {
        this.read.add(0);
        if (this.blocks.get(0) === block) this.subscribeTo(0, block);
      });
    }
  }

  private subscribeTo(number: number, block: Block): void {
    const { unsubscribe } = this.request(number).subscribe(({ data, error, stale }) => {
      if (data) block.items = data.mediaWindow;
      if (data && !stale) this.read.add(number);
      this.onChange(error);
    });
    block.stop = unsubscribe;
  }

  private request(number: number) {
    const variables = { ...this.variables, offset: number * BLOCK_SIZE, limit: BLOCK_SIZE };
    return this.client.query(MediaWindowQuery, variables, {
      requestPolicy: this.read.has(number) ? "cache-first" : "network-only",
    });
  }
}
