import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type RequestPolicy, useClient, useQuery } from "urql";
import { libraryChanges } from "@/live/changes";
import type { SearchAddress } from "./address";
import { SourceQuery } from "./documents";
import { type Answer, type Found, PAGE, readPages } from "./pages";

const NOTHING: Answer = { found: undefined, error: undefined };

/** A source is an item of the library, or else the name of a picture that was dropped; a text is less like any picture. */
export function useSimilarMedia({ source, text, minimum }: SearchAddress) {
  const [{ data: named, fetching: isNaming, error: namingError }] = useQuery({ query: SourceQuery, variables: { id: source ?? "" }, pause: !source });
  const item = source ? named?.mediaItem : undefined;
  const isItem = item?.id === source;
  const isNamed = Boolean(source) && !isNaming && (named !== undefined || namingError !== undefined);
  const variables = useMemo(
    () => {
      if (isNamed && source) return { reference: isItem ? { mediaId: source } : { referenceId: source }, minSimilarity: minimum };
      return text ? { reference: { text }, minSimilarity: 0 } : undefined;
    },
    [isNamed, isItem, source, text, minimum],
  );
  const subject = source ?? text;
  const client = useClient();
  const [{ of, answer }, setAnswer] = useState<{ of: string | undefined; answer: Answer }>({ of: undefined, answer: NOTHING });
  const [isReading, setIsReading] = useState(false);
  const newest = useRef<{ found: Found | undefined; isReading: boolean; turn: number }>({ found: undefined, isReading: false, turn: 0 });

  const read = useCallback(async (wanted: number, policy: RequestPolicy, known?: Found) => {
    if (!variables) return;
    const turn = ++newest.current.turn;
    newest.current.isReading = true;
    setIsReading(true);
    const next = await readPages(client, variables, wanted, policy, known);
    // A later reading knows more than this one.
    if (turn !== newest.current.turn) return;
    newest.current = { found: next.found, isReading: false, turn };
    setIsReading(false);
    setAnswer({ of: subject, answer: next });
  }, [client, variables, subject]);

  useEffect(() => {
    newest.current.found = undefined;
    void read(PAGE, "network-only");
  }, [read]);

  useEffect(() => libraryChanges.subscribe((change) => {
    // Changed items are in the cache already; who is alike has to be asked anew, as far as was read.
    void read(newest.current.found?.edges.length ?? PAGE, change === "members" || newest.current.isReading ? "network-only" : "cache-first");
  }), [read]);

  const more = useCallback(() => {
    const { found, isReading: isBusy } = newest.current;
    if (found?.pageInfo.hasNextPage && !isBusy) void read(found.edges.length + 1, "network-only", found);
  }, [read]);

  const isAnswered = of === subject;
  return {
    item: isItem ? (item ?? undefined) : undefined,
    connection: isAnswered ? answer.found : undefined,
    error: isAnswered ? answer.error : undefined,
    isSearching: Boolean(subject) && ((Boolean(source) && !isNamed) || isReading || !isAnswered),
    more,
    retry: () => void read(newest.current.found?.edges.length ?? PAGE, "network-only"),
  };
}
