import { useCallback, useEffect, useRef, useState } from "react";
import type { CombinedError } from "urql";
import { libraryChanges } from "@/live/changes";
import type { Group } from "./documents";

export const PAGE = 12;
/** A burst of events, as trashing a group makes them, is answered by one reading. */
const SETTLE_MS = 250;

export interface GroupPage {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: readonly Group[];
}

export type ReadGroups = (after: string | null) => Promise<{ page: GroupPage | undefined; error: CombinedError | undefined }>;

export interface Groups {
  groups: readonly Group[];
  totalCount: number;
  cursor: string | null;
}

/** Page by page until there are as many as wanted, so that a change keeps what is shown. */
export async function readGroups(read: ReadGroups, wanted: number, known?: Groups): Promise<{ found: Groups | undefined; error: CombinedError | undefined }> {
  let found = known;
  do {
    const { page, error } = await read(found?.cursor ?? null);
    if (!page) return { found, error };
    const before: readonly Group[] = found?.groups ?? [];
    found = { groups: [...before, ...page.nodes], totalCount: page.totalCount, cursor: page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null };
  } while (found.cursor && found.groups.length < wanted);
  return { found, error: undefined };
}

/** `read` is another function for another list, and only then. */
export function useGroups(read: ReadGroups) {
  const [state, setState] = useState<{ of?: ReadGroups; found?: Groups | undefined; error?: CombinedError | undefined }>({});
  const [isReading, setIsReading] = useState(true);
  const newest = useRef<{ turn: number; found: Groups | undefined }>({ turn: 0, found: undefined });

  const load = useCallback(async (wanted: number, known?: Groups) => {
    const turn = ++newest.current.turn;
    setIsReading(true);
    const next = await readGroups(read, wanted, known);
    if (turn !== newest.current.turn) return;
    newest.current.found = next.found ?? newest.current.found;
    setIsReading(false);
    setState({ of: read, found: newest.current.found, error: next.error });
  }, [read]);

  useEffect(() => {
    newest.current.found = undefined;
    void load(PAGE);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = libraryChanges.subscribe((change) => {
      if (change !== "members") return;
      clearTimeout(timer);
      timer = setTimeout(() => void load(newest.current.found?.groups.length ?? PAGE), SETTLE_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [load]);

  const { found, error } = state;
  return {
    found,
    error: state.of === read ? error : undefined,
    isReading: isReading || state.of !== read,
    more: () => void load((found?.groups.length ?? 0) + 1, found),
    retry: () => void load(found?.groups.length ?? PAGE),
  };
}
