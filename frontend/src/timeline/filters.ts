import type { TimelineVariables } from "./snapshot";

export type TypeFilter = "all" | "photos" | "videos";

const SORTS = {
  newest: undefined,
  oldest: { field: "DATE", direction: "ASC" },
  added: { field: "UPLOADED", direction: "DESC" },
  name: { field: "NAME", direction: "ASC" },
  largest: { field: "SIZE", direction: "DESC" },
  smallest: { field: "SIZE", direction: "ASC" },
} as const satisfies Record<string, TimelineVariables["sort"]>;

export type Sort = keyof typeof SORTS;
export const SORT_NAMES = Object.keys(SORTS) as Sort[];
const isSort = (text: string | null): text is Sort => SORT_NAMES.some((name) => name === text);

/** What the library's address says about what to show. */
export interface LibraryFilters {
  sort: Sort;
  type: TypeFilter;
  tags: string[];
  text: string;
}

export function readFilters(params: URLSearchParams): LibraryFilters {
  const type = params.get("type");
  const sort = params.get("sort");
  return {
    sort: isSort(sort) ? sort : "newest",
    type: type === "photos" || type === "videos" ? type : "all",
    tags: params.getAll("tag"),
    text: params.get("q") ?? "",
  };
}

/** The address for other filters; everything else in it is kept. */
export function writeFilters(params: URLSearchParams, { sort, type, tags, text }: LibraryFilters): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of ["sort", "type", "tag", "q"]) next.delete(name);
  if (sort !== "newest") next.set("sort", sort);
  if (type !== "all") next.set("type", type);
  for (const tag of tags) next.append("tag", tag);
  if (text) next.set("q", text);
  return next;
}

export type Scope = { favorite: true } | { folderId: string } | Record<never, never>;

export function timelineVariables({ sort, type, tags, text }: LibraryFilters, scope: Scope): TimelineVariables {
  const order = SORTS[sort];
  return {
    ...(order && { sort: order }),
    filter: {
      ...scope,
      ...(type === "all" ? {} : { mediaType: type === "photos" ? "IMAGE" : "VIDEO" }),
      ...(tags.length > 0 ? { tags } : {}),
      ...(text ? { text } : {}),
    },
  };
}

export const hasFilters = ({ type, tags, text }: LibraryFilters) => type !== "all" || tags.length > 0 || text !== "";
