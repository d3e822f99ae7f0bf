import { useEffect, useSyncExternalStore } from "react";
import { useClient } from "urql";
import { LibraryEventsSubscription } from "@/graphql/events";
import { texts } from "@/texts";
import { changeOf, libraryChanges } from "./changes";
import type { LiveConnection } from "./connection";

/** Listens for as long as the gallery is open, and says when it cannot. */
export function LibraryEvents({ live }: { live: LiveConnection }) {
  const client = useClient();
  const state = useSyncExternalStore(live.subscribe, live.getState);

  useEffect(() => {
    const { unsubscribe } = client.subscription(LibraryEventsSubscription, {}).subscribe(({ data }) => {
      const change = data && changeOf(data.libraryEvents.__typename);
      if (change) libraryChanges.emit(change);
    });
    return unsubscribe;
  }, [client]);

  useEffect(() => {
    // What changed before the first event was seen has no cursor to resume from: lists compare their revision.
    if (state === "connected") libraryChanges.emit("members");
  }, [state]);

  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 top-3 z-40 grid justify-items-center">
      {state === "lost" && <p className="animate-rise rounded-full bg-ink px-4 py-1.5 text-sm font-medium text-page shadow-lg">{texts.live.lost}</p>}
    </div>
  );
}
