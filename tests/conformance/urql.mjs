import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { EVENTS, HEADERS, picture, report, SESSION, UPLOAD, URL_OF_SERVER, whileChanging } from "./tools.mjs";

const socket = createClient({ url: URL_OF_SERVER.replace("http", "ws"), webSocketImpl: WebSocket, retryAttempts: 0 });
const types = [];
const options = {
  url: URL_OF_SERVER,
  preferGetMethod: false,
  fetchOptions: { headers: HEADERS },
  fetch: async (...request) => {
    const response = await fetch(...request);
    types.push(response.headers.get("content-type"));
    return response;
  },
};
const overSocket = new Client({
  ...options,
  exchanges: [
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query, variables }) => ({
        subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
      }),
    }),
  ],
});
const overHttp = new Client({ ...options, fetchSubscriptions: true, exchanges: [fetchExchange] });

const firstOf = (client) =>
  new Promise((resolve) => {
    const { unsubscribe } = client.subscription(EVENTS, {}).subscribe(({ data, error }) => {
      resolve({ data, error: error?.message });
      setTimeout(() => unsubscribe());
    });
  });
const plain = ({ data, error }) => ({ data, error: error?.message });

report({
  query: plain(await overHttp.query(SESSION, {})),
  upload: plain(await overHttp.mutation(UPLOAD, { files: [await picture()] })),
  event: await whileChanging(() => firstOf(overSocket)),
  eventOverHttp: await whileChanging(() => firstOf(overHttp)),
  types,
});
