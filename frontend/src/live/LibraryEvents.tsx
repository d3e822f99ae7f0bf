import { useEffect, useRef, useSyncExternalStore } from "react";
import { useClient } from "urql";
import { LibraryEventsSubscription } from "@/graphql/events";
import { texts } from "@/texts";
import { changeOf, libraryChanges } from "./changes";
import type { LiveConnection } from "./connection";

/** Listens for as long as the gallery is open, and says when it cannot. */
export function LibraryEvents({ live }: { live: LiveConnection }) {
  const client = useClient();
  const state = useSyncExternalStore(live.subscribe, live.getState);

  const seen = useRef({ isEvent: false, isConnection: false });

  useEffect(() => {
    const { unsubscribe } = client.subscription(LibraryEventsSubscription, {}).subscribe(({ data }) => {
      if (!data) return;
      seen.current.isEvent = true;
      const { __typename } = data.libraryEvents;
      const change = changeOf(__typename);
      if (__typename === "ResyncRequired") libraryChanges.emitGap();
      else if (change) libraryChanges.emit(change);
    });
    return unsubscribe;
  }, [client]);

  useEffect(() => {
    if (state !== "connected") return;
    const { isEvent, isConnection } = seen.current;
    // Without an event there is no cursor to resume from.
    if (isConnection && !isEvent) libraryChanges.emitGap();
    else libraryChanges.emit("members");
    seen.current.isConnection = true;
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
