import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { EVENTS, failure, first, report, SESSION, URL_OF_SERVER, whileChanging } from "./tools.mjs";

const client = createClient({ url: URL_OF_SERVER.replace("http", "ws"), webSocketImpl: WebSocket, retryAttempts: 0 });
let closed = null;
client.on("closed", ({ code }) => {
  closed = code;
});

report(
  await whileChanging(async () => {
    const events = client.iterate({ query: EVENTS });
    const event = (await events.next()).value;
    const query = await failure(first(client.iterate({ query: SESSION })));
    const syntax = await failure(first(client.iterate({ query: "subscription {" })));
    const unknown = await failure(first(client.iterate({ query: "subscription { nothing }" })));
    const refused = await failure(first(client.iterate({ query: 'subscription { libraryEvents(after: "x") { cursor } }' })));
    const tooLong = await failure(first(client.iterate({ query: `subscription { ${"jobProgress { id } ".repeat(500)} }` })));
    const next = (await events.next()).value;
    return { event, next, query, syntax, unknown, refused, tooLong, closed };
  }),
);
