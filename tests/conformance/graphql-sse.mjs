import { createClient } from "graphql-sse";
import { EVENTS, first, HEADERS, report, SESSION, URL_OF_SERVER, whileChanging } from "./tools.mjs";

const client = createClient({ url: URL_OF_SERVER, headers: HEADERS, retryAttempts: 0 });

report({
  event: await whileChanging(() => first(client.iterate({ query: EVENTS }))),
  query: await first(client.iterate({ query: SESSION })),
  syntax: await first(client.iterate({ query: "subscription {" })),
  unknown: await first(client.iterate({ query: "subscription { nothing }" })),
});
