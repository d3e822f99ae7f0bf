import { useCallback, useEffect, useMemo, useState } from "react";
import { useQuery } from "urql";
import { libraryChanges } from "@/live/changes";
import { SimilarMediaQuery, SourceQuery } from "./documents";

const PAGE = 100;
/** What the server gives in one answer at most. */
const MOST = 500;

/** A source is an item of the library, or else the name of a picture that was dropped. */
export function useSimilarMedia(source: string | undefined, minimum: number) {
  const [{ data: named, fetching: isNaming, error: namingError }] = useQuery({ query: SourceQuery, variables: { id: source ?? "" }, pause: !source });
  const item = source ? named?.mediaItem : undefined;
  const [first, setFirst] = useState(PAGE);
  const isItem = item?.id === source;
  const reference = useMemo(() => (isItem ? { mediaId: source ?? "" } : { referenceId: source ?? "" }), [isItem, source]);
  const isNamed = Boolean(source) && !isNaming && (named !== undefined || namingError !== undefined);
  const [{ data, error, fetching, stale }, read] = useQuery({
    query: SimilarMediaQuery,
    variables: { reference, minSimilarity: minimum, first, after: null },
    pause: !isNamed,
    requestPolicy: "cache-and-network",
  });

  useEffect(() => libraryChanges.subscribe((change) => {
    if (change === "members" && isNamed) read({ requestPolicy: "network-only" });
  }), [isNamed, read]);

  const more = useCallback(() => setFirst((current) => Math.min(MOST, current + PAGE)), []);

  return {
    item: isItem ? (item ?? undefined) : undefined,
    connection: isNamed ? data?.similarMedia : undefined,
    error,
    isSearching: Boolean(source) && (!isNamed || fetching || stale),
    more,
    retry: () => read({ requestPolicy: "network-only" }),
  };
}
