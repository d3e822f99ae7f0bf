import "./styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { Provider } from "urql";
import { App } from "./app/App";
import { ErrorBoundary } from "./app/ErrorBoundary";
import { Toasts } from "./app/Toasts";
import { DownloadsProvider } from "./downloads/DownloadsContext";
import { createGalleryClient, GRAPHQL_PATH } from "./graphql/client";
import { LiveConnection } from "./live/connection";
import { LibraryEvents } from "./live/LibraryEvents";
import { SequenceProvider } from "./media/SequenceContext";
import { SelectionProvider } from "./selection/SelectionContext";
import { SessionQuery } from "./session/documents";
import { SessionGate } from "./session/SessionGate";
import { prepareTimeline } from "./timeline/useTimelineSource";
import { DropTargetProvider } from "./uploads/DropTarget";
import { UploadsProvider } from "./uploads/UploadsContext";

const live = new LiveConnection(`${location.origin.replace(/^http/, "ws")}${GRAPHQL_PATH}`);
const client = createGalleryClient(live, () => void client.query(SessionQuery, {}, { requestPolicy: "network-only" }).toPromise());
void client.query(SessionQuery, {}).toPromise().then(({ data }) => data?.session.isAuthenticated && prepareTimeline(client, location));

const root = document.querySelector("#root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <Provider value={client}>
          <BrowserRouter>
            <SessionGate>
              <LibraryEvents live={live} />
              <UploadsProvider>
                <DownloadsProvider>
                  <DropTargetProvider>
                    <SelectionProvider>
                      <SequenceProvider>
                        <App />
                      </SequenceProvider>
                    </SelectionProvider>
                  </DropTargetProvider>
                </DownloadsProvider>
              </UploadsProvider>
            </SessionGate>
          </BrowserRouter>
          <Toasts />
        </Provider>
      </ErrorBoundary>
    </StrictMode>,
  );
}
