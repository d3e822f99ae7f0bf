import type { CombinedError } from "urql";
import type { MediaSelection } from "@/downloads/documents";
import { uncached } from "@/graphql/client";
import { graphql } from "@/graphql/graphql";
import { isChosen, type Selection } from "@/selection/selection";
import type { Range } from "@/timeline/layout";
import type { TimelineVariables } from "@/timeline/snapshot";

const MediaIdsQuery = graphql(`
  query MediaIds($offset: Int!, $limit: Int!, $filter: MediaFilter, $sort: MediaSort) {
    mediaWindow(offset: $offset, limit: $limit, filter: $filter, sort: $sort) {
      id
    }
  }
`);

const CountQuery = graphql(`
  query Count($filter: MediaFilter) {
    media(filter: $filter, first: 1) {
      totalCount
    }
  }
`);

/** The most that the server gives at once. */
const WINDOW = 200;
const AT_ONCE = 4;

/** What a list has from one place to another. Throws the CombinedError of a window that could not be read. */
export async function idsAt(variables: TimelineVariables, { first, last }: Range): Promise<string[]> {
  const offsets = Array.from({ length: Math.ceil((last - first + 1) / WINDOW) }, (_, number) => first + number * WINDOW);
  const windows: string[][] = [];
  const worker = async () => {
    for (let offset = offsets.shift(); offset !== undefined; offset = offsets.shift()) {
      const number = (offset - first) / WINDOW;
      const limit = Math.min(WINDOW, last - offset + 1);
      const { data, error } = await uncached.query(MediaIdsQuery, { ...variables, offset, limit }).toPromise();
      if (!data) throw error as CombinedError;
      windows[number] = data.mediaWindow.map(({ id }) => id);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return [...new Set(windows.flat())];
}

/** All that a filter finds. Throws CombinedError. */
export async function idsOfAll(variables: TimelineVariables): Promise<string[]> {
  const total = await countOf(variables.filter);
  return total > 0 ? idsAt(variables, { first: 0, last: total - 1 }) : [];
}

export async function countOf(filter: TimelineVariables["filter"]): Promise<number> {
  const { data, error } = await uncached.query(CountQuery, { filter: filter ?? null }).toPromise();
  if (!data) throw error as CombinedError;
  return data.media.totalCount;
}

/** The ids that a selection means, as the library is now. Throws CombinedError. */
export async function idsOf(selection: Selection): Promise<string[]> {
  const { everything } = selection;
  if (!everything) return [...selection.ids];
  const found = await idsOfAll(everything.variables);
  return [...new Set([...found.filter((id) => isChosen(selection, id, everything.list)), ...selection.ids])];
}

/** A selection as the server takes it: by what a list shows, where that is all of it. Throws CombinedError. */
export async function wantedOf(selection: Selection): Promise<MediaSelection> {
  const { everything, except, ids } = selection;
  const isWhole = everything && except.size === 0 && ids.size === 0;
  return isWhole ? { filter: everything.variables.filter ?? {} } : { ids: await idsOf(selection) };
}
