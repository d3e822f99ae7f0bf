import type { CombinedError } from "urql";
import type { TileMedia } from "@/media/tileMedia";
import type { Geometry } from "./geometry";
import type { Range } from "./layout";
import type { TimelineVariables } from "./snapshot";

/** What the grid needs of a list, wherever that list comes from. */
export interface GridModel {
  /** What is listed: the same name is the same list, and keeps its scroll position. */
  readonly name: string;
  /** Undefined until it is known. A new object whenever members or order have changed. */
  readonly geometry: Geometry | undefined;
  readonly error: CombinedError | undefined;
  /** What the server finds the list by; undefined for one that is known item by item. */
  readonly variables: TimelineVariables | undefined;
  itemAt(index: number): TileMedia | undefined;
  indexOf(id: string): number | undefined;
  /** The ids of a range, loaded or not. Throws the CombinedError that kept it from being read. */
  idsOf(range: Range): Promise<string[]>;
  /** The items on screen and near it: the ones to have ready. `held` is kept too, wherever it is. */
  show(range: Range, held: number): void;
  retry(): void;
  subscribe(listener: () => void): () => void;
  getVersion(): number;
}
