import type { CombinedError } from "urql";
import type { TileMedia } from "@/media/tileMedia";
import type { Geometry } from "./geometry";
import type { Range } from "./layout";

/** What the grid needs of a list, wherever that list comes from. */
export interface GridModel {
  /** What is listed: the same name is the same list, and keeps its scroll position. */
  readonly name: string;
  /** Undefined until it is known. A new object whenever members or order have changed. */
  readonly geometry: Geometry | undefined;
  readonly error: CombinedError | undefined;
  itemAt(index: number): TileMedia | undefined;
  indexOf(id: string): number | undefined;
  loadRange(range: Range): Promise<TileMedia[]>;
  /** The items on screen and near it: the ones to have ready. */
  show(range: Range): void;
  retry(): void;
  subscribe(listener: () => void): () => void;
  getVersion(): number;
}
