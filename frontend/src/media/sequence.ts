import type { TileMedia } from "./tileMedia";

/** An ordered list on screen, as the viewer walks it. */
export interface MediaSequence {
  /** What is listed. */
  readonly name: string;
  readonly total: number;
  itemAt(index: number): TileMedia | undefined;
  indexOf(id: string): number | undefined;
  /** Loads an item that is not there yet. */
  load(index: number): Promise<TileMedia | undefined>;
  /** Finds an item that was opened by its address alone. */
  locate(id: string, originalDate: string): Promise<number | undefined>;
  /** Calls when items have come, gone or moved. */
  subscribe(listener: () => void): () => void;
  getVersion(): number;
}
