import type { TimelineVariables } from "./snapshot";

export type TypeFilter = "all" | "photos" | "videos";

/** What the library's address says about what to show. */
export interface LibraryFilters {
  type: TypeFilter;
  tags: string[];
  text: string;
}

export function readFilters(params: URLSearchParams): LibraryFilters {
  const type = params.get("type");
  return {
    type: type === "photos" || type === "videos" ? type : "all",
    tags: params.getAll("tag"),
    text: params.get("q") ?? "",
  };
}

/** The address for other filters; everything else in it is kept. */
export function writeFilters(params: URLSearchParams, { type, tags, text }: LibraryFilters): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of ["type", "tag", "q"]) next.delete(name);
  if (type !== "all") next.set("type", type);
  for (const tag of tags) next.append("tag", tag);
  if (text) next.set("q", text);
  return next;
}

export type Scope = { favorite: true } | { folderId: string } | Record<never, never>;

export function timelineVariables({ type, tags, text }: LibraryFilters, scope: Scope): TimelineVariables {
  return {
    filter: {
      ...scope,
      ...(type === "all" ? {} : { mediaType: type === "photos" ? "IMAGE" : "VIDEO" }),
      ...(tags.length > 0 ? { tags } : {}),
      ...(text ? { text } : {}),
    },
  };
}

export const hasFilters = ({ type, tags, text }: LibraryFilters) => type !== "all" || tags.length > 0 || text !== "";
