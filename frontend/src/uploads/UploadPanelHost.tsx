import { lazy, Suspense } from "react";
import { useUploads } from "./UploadsContext";

const UploadPanel = lazy(() => import("./UploadPanel").then((module) => ({ default: module.UploadPanel })));

/** The panel is loaded with the first upload. */
export function UploadPanelHost() {
  return useUploads().uploads.length > 0 && <Suspense><UploadPanel /></Suspense>;
}
