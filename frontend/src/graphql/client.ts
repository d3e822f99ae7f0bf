import { Client, fetchExchange, mapExchange, subscriptionExchange } from "urql";
import type { LiveConnection } from "@/live/connection";
import { galleryCache } from "./cache";
import { codeOf } from "./errors";
import { EventReplay } from "./replay";
import { unblock } from "./unblock";

export const GRAPHQL_PATH = "/graphql";
/** A foreign page's form cannot send a header of its own: the server takes no mutation without it. */
export const REQUEST_HEADERS = { "X-Requested-With": "gallerynet" };

const CONNECTION = { url: GRAPHQL_PATH, preferGetMethod: false, fetchOptions: { headers: REQUEST_HEADERS, credentials: "same-origin" } } as const;

/** For answers that nothing on screen shows and that would only fill the cache: ids by the thousand. */
export const uncached = new Client({ ...CONNECTION, exchanges: [fetchExchange] });

export function createGalleryClient(live: LiveConnection, onSignedOut: () => void): Client {
  const replay = new EventReplay();
  return new Client({
    ...CONNECTION,
    exchanges: [
      mapExchange({
        onError: (error) => {
          if (codeOf(error) === "UNAUTHENTICATED") onSignedOut();
        },
      }),
      unblock,
      galleryCache,
      replay.exchange,
      fetchExchange,
      subscriptionExchange({ forwardSubscription: (request) => ({ subscribe: (sink) => ({ unsubscribe: resume(live, request, (result) => replay.tell(() => sink.next(result)), sink) }) }) }),
    ],
  });
}

type Forward = Parameters<Parameters<typeof subscriptionExchange>[0]["forwardSubscription"]>[0];
type Sink = Parameters<ReturnType<Parameters<typeof subscriptionExchange>[0]["forwardSubscription"]>["subscribe"]>[0];

function resume(live: LiveConnection, request: Forward, tell: Sink["next"], sink: Sink): () => void {
  let after: unknown;
  const payload = {
    query: request.query ?? "",
    // Serialised anew at each reconnect, so that the server resumes behind the last event seen.
    get variables() {
      return { ...request.variables, ...(after === undefined ? {} : { after }) };
    },
  };
  return live.socket.subscribe<Record<string, { cursor?: string } | undefined>>(payload, {
    next: (result) => {
      const cursor = result.data?.libraryEvents?.cursor;
      if (cursor) after = cursor;
      tell(result as Parameters<Sink["next"]>[0]);
    },
    error: (error) => sink.error(error),
    complete: () => sink.complete(),
  });
}
