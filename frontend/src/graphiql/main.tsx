import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./graphiql.css";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createClient } from "graphql-ws";
import { createRoot } from "react-dom/client";
import { EXAMPLES, WELCOME } from "./examples";

const PATH = "/graphql";
const headers = { "X-Requested-With": "gallerynet" };

const fetcher = createGraphiQLFetcher({
  url: PATH,
  headers,
  wsClient: createClient({ url: `${location.origin.replace(/^http/, "ws")}${PATH}` }),
});

const root = document.querySelector("#root");
if (root) {
  createRoot(root).render(
    <GraphiQL fetcher={fetcher} defaultQuery={WELCOME} defaultTabs={EXAMPLES} shouldPersistHeaders={false} defaultEditorToolsVisibility={false}>
      <GraphiQL.Logo>GalleryNet</GraphiQL.Logo>
    </GraphiQL>,
  );
}
