import type { Range } from "@/timeline/layout";
import type { GridModel } from "@/timeline/model";
import { nothing, type Selection, selectionReducer } from "./selection";

/** What a drag does with the items that it covers. */
export type DrawMode = "replace" | "add" | "remove";

/**
 * The selection while a drag covers more and fewer items. Those that are loaded count at once, and
 * what was seen is remembered while the list lets it go; the rest are asked for at the end.
 */
export class Drawing {
  private readonly seen = new Map<number, string>();

  constructor(
    private readonly model: GridModel,
    private readonly before: Selection,
    private readonly mode: DrawMode,
  ) {}

  covering(ranges: readonly Range[]): Selection {
    const ids: string[] = [];
    for (const { first, last } of ranges) {
      for (let index = first; index <= last; index++) {
        const id = this.model.itemAt(index)?.id ?? this.seen.get(index);
        if (id === undefined) continue;
        this.seen.set(index, id);
        ids.push(id);
      }
    }
    return this.with(ids);
  }

  /** Throws CombinedError. */
  async covered(ranges: readonly Range[]): Promise<Selection> {
    const found = await Promise.all(ranges.map((range) => this.model.idsOf(range)));
    return this.with(found.flat());
  }

  private with(ids: readonly string[]): Selection {
    const start = this.mode === "replace" ? nothing : this.before;
    return selectionReducer(start, { type: this.mode === "remove" ? "remove" : "add", ids, list: this.model.name });
  }
}
