import { useEffect, useState, useSyncExternalStore } from "react";
import { useClient, useQuery } from "urql";
import { LibraryEventsSubscription } from "@/graphql/events";
import { SessionQuery } from "@/session/documents";
import { texts } from "@/texts";
import { changeOf, libraryChanges } from "./changes";
import type { LiveConnection } from "./connection";

/** Listens for as long as the gallery is open, and says when it cannot. */
export function LibraryEvents({ live }: { live: LiveConnection }) {
  const client = useClient();
  const state = useSyncExternalStore(live.subscribe, live.getState);
  const [{ data: session }] = useQuery({ query: SessionQuery });
  // From before anything was read, however long the line takes to stand.
  const [start] = useState(session?.session.eventCursor);

  useEffect(() => {
    const { unsubscribe } = client.subscription(LibraryEventsSubscription, { after: start ?? null }).subscribe(({ data }) => {
      if (!data) return;
      const { __typename } = data.libraryEvents;
      const change = changeOf(__typename);
      if (__typename === "ResyncRequired") libraryChanges.emitGap();
      else if (change) libraryChanges.emit(change);
    });
    return unsubscribe;
  }, [client, start]);

  useEffect(() => {
    // What could not be read while the line was cut is read now.
    if (state === "connected") libraryChanges.emit("members");
  }, [state]);

  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 top-3 z-40 grid justify-items-center">
      {state === "lost" && (
        <div className="animate-rise pointer-events-auto flex items-center gap-2 rounded-full bg-ink py-1 pr-1 pl-4 text-sm font-medium text-page shadow-lg">
          <p>{texts.live.lost}</p>
          <button type="button" onClick={live.retry} className="rounded-full px-3 py-1 underline underline-offset-2 hover:no-underline pointer-coarse:min-h-11">{texts.live.now}</button>
        </div>
      )}
    </div>
  );
}
