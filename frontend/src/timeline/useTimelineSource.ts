import { useMemo } from "react";
import { useClient, type Client } from "urql";
import { libraryChanges } from "@/live/changes";
import { readFilters, timelineVariables } from "./filters";
import { TimelineSource } from "./source";
import type { TimelineVariables } from "./snapshot";

const REMEMBERED = 6;
const sources = new WeakMap<Client, Map<string, TimelineSource>>();

/** The same source for the same filter, so that going back finds the grid as it was left. */
export function useTimelineSource(variables: TimelineVariables): TimelineSource {
  const client = useClient();
  const key = JSON.stringify(variables);
  return useMemo(() => sourceFor(client, key), [client, key]);
}

/** Asks for the list of an address while the page is still being drawn. */
export function prepareTimeline(client: Client, { pathname, search }: { pathname: string; search: string }): void {
  if (pathname === "/") sourceFor(client, JSON.stringify(timelineVariables(readFilters(new URLSearchParams(search)), {}))).prepare();
}

function sourceFor(client: Client, key: string): TimelineSource {
  const known = sources.get(client) ?? new Map<string, TimelineSource>();
  sources.set(client, known);
  const source = known.get(key) ?? new TimelineSource(client, JSON.parse(key) as TimelineVariables, libraryChanges);
  known.delete(key);
  known.set(key, source);
  for (const oldest of known.keys()) {
    if (known.size <= REMEMBERED) break;
    known.delete(oldest);
  }
  return source;
}
