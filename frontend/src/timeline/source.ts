import type { Client, CombinedError } from "urql";
import type { LibraryChanges } from "@/live/changes";
import type { MediaSequence } from "@/media/sequence";
import type { TileMedia } from "@/media/tileMedia";
import { idsAt } from "@/media/ids";
import { TimelineQuery, TimelineRevisionQuery } from "./documents";
import { type Geometry, mapIndex } from "./geometry";
import type { GridModel } from "./model";
import type { Range } from "./layout";
import { indexOfMoment } from "./moments";
import { Snapshot, type TimelineVariables } from "./snapshot";

/** Items of the very same moment are looked through this far. */
const LOOKED_AROUND = 20;
/** Bursts of events, as an upload makes them, are answered by one reading. */
const SETTLE_MS = 250;

/**
 * A timeline that stays true: reads geometry and items, and after a change prepares the next
 * revision aside, so that the grid goes from one whole state to the next and never shows a mixture.
 */
export class TimelineSource implements GridModel, MediaSequence {
  readonly name: string;
  error: CombinedError | undefined;
  version = 0;
  private snapshot: Snapshot | undefined;
  private shown: Range = { first: 0, last: 0 };
  private held = 0;
  private readonly listeners = new Set<() => void>();
  private stopChanges: (() => void) | undefined;
  private knownVersion = -1;
  private knownGaps = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isReading = false;
  private isOutdated = false;

  constructor(
    private readonly client: Client,
    readonly variables: TimelineVariables,
    private readonly changes: LibraryChanges,
  ) {
    this.name = JSON.stringify(variables);
  }

  get geometry(): Geometry | undefined {
    return this.snapshot?.geometry;
  }

  get total(): number {
    return this.snapshot?.geometry.total ?? 0;
  }

  itemAt(index: number): TileMedia | undefined {
    return this.snapshot?.itemAt(index);
  }

  indexOf(id: string): number | undefined {
    return this.snapshot?.indexOf(id);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.start();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stop();
    };
  };

  readonly getVersion = (): number => this.version;

  /** Begins to read before anything shows the list. */
  readonly prepare = (): void => {
    if (!this.snapshot && !this.isReading) void this.read();
  };

  show(range: Range, held: number): void {
    this.shown = range;
    this.held = held;
    this.snapshot?.watch(range, held);
  }

  readonly retry = (): void => {
    this.error = undefined;
    this.notify();
    void this.read();
  };

  async load(index: number): Promise<TileMedia | undefined> {
    await this.snapshot?.load({ first: index, last: index });
    return this.itemAt(index);
  }

  async idsOf(range: Range): Promise<string[]> {
    const indexes = Array.from({ length: range.last - range.first + 1 }, (_, offset) => range.first + offset);
    const known = indexes.flatMap((index) => this.itemAt(index)?.id ?? []);
    return known.length === indexes.length ? known : idsAt(this.variables, range);
  }

  async locate(id: string, originalDate: string): Promise<number | undefined> {
    const { snapshot } = this;
    const known = this.indexOf(id);
    if (known !== undefined || !snapshot) return known;
    const near = await indexOfMoment(this.variables, originalDate);
    if (near === undefined) return undefined;
    await snapshot.load({ first: Math.max(0, near - LOOKED_AROUND), last: Math.min(this.total - 1, near + LOOKED_AROUND) });
    return this.indexOf(id);
  }

  private start(): void {
    this.stopChanges = this.changes.subscribe(() => this.readSoon());
    if (!this.isReading && (!this.snapshot || this.knownVersion !== this.changes.version)) void this.read();
    this.snapshot?.watch(this.shown, this.held);
  }

  private stop(): void {
    this.stopChanges?.();
    clearTimeout(this.timer);
    this.timer = undefined;
    this.snapshot?.stop();
  }

  private readSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.read();
    }, SETTLE_MS);
  }

  private async read(): Promise<void> {
    if (this.isReading) {
      this.isOutdated = true;
      return;
    }
    this.isReading = true;
    do {
      this.isOutdated = false;
      this.knownVersion = this.changes.version;
      await this.readOnce();
    } while (this.isOutdated);
    this.isReading = false;
  }

  private async readOnce(): Promise<void> {
    const current = this.snapshot;
    const options = { requestPolicy: "network-only" } as const;
    const { gaps } = this.changes;
    if (current && this.knownGaps === gaps) {
      const { data, error } = await this.client.query(TimelineRevisionQuery, this.variables, options).toPromise();
      if (error || data?.timeline.revision === current.revision) return this.settle(error);
    }
    // The first items are asked for together with the geometry, not after it: most readers begin at the top.
    const ahead = current ? undefined : Snapshot.readAhead(this.client, this.variables);
    const { data, error } = await this.client.query(TimelineQuery, this.variables, options).toPromise();
    if (!data) return this.settle(error);
    this.knownGaps = gaps;
    const next = new Snapshot(data.timeline, this.client, this.variables, (blockError) => this.settle(blockError), ahead);
    if (current) {
      current.freeze();
      const shift = (index: number) => mapIndex(current.geometry, next.geometry, index);
      await next.load({ first: shift(this.shown.first), last: shift(this.shown.last) });
      this.shown = { first: shift(this.shown.first), last: shift(this.shown.last) };
    }
    this.snapshot = next;
    current?.stop();
    if (this.listeners.size === 0) next.stop();
    this.settle(error);
  }

  private settle(error: CombinedError | undefined): void {
    this.error = error;
    this.notify();
  }

  private notify(): void {
    this.version++;
    for (const listener of this.listeners) listener();
  }
}
