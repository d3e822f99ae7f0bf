import type { CombinedError } from "urql";
import type { MediaSequence } from "@/media/sequence";
import type { TileMedia } from "@/media/tileMedia";
import { type Geometry, geometryOfItems } from "@/timeline/geometry";
import type { Range } from "@/timeline/layout";
import type { GridModel } from "@/timeline/model";

export interface Result {
  media: TileMedia;
  similarity: number;
}

/** Search results as the grid reads them: all there is, most similar first. */
export class SearchResults implements GridModel, MediaSequence {
  readonly geometry: Geometry;
  readonly error: CombinedError | undefined = undefined;
  readonly variables = undefined;

  constructor(
    readonly name: string,
    readonly results: readonly Result[],
    private readonly onEnd: () => void,
  ) {
    this.geometry = geometryOfItems(results.map(({ media }) => media));
  }

  get total(): number {
    return this.results.length;
  }

  itemAt(index: number): TileMedia | undefined {
    return this.results[index]?.media;
  }

  indexOf(id: string): number | undefined {
    const index = this.results.findIndex(({ media }) => media.id === id);
    return index < 0 ? undefined : index;
  }

  async load(index: number): Promise<TileMedia | undefined> {
    return this.itemAt(index);
  }

  async idsOf({ first, last }: Range): Promise<string[]> {
    return this.results.slice(first, last + 1).map(({ media }) => media.id);
  }

  async locate(id: string): Promise<number | undefined> {
    return this.indexOf(id);
  }

  show({ last }: Range): void {
    if (last >= this.total - 1) this.onEnd();
  }

  retry(): void {
    // Nothing is read here: the screen has the query.
  }

  readonly subscribe = (): (() => void) => () => undefined;
  readonly getVersion = (): number => 0;
}
