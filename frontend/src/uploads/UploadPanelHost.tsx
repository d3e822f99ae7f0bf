import { Suspense } from "react";
import { part } from "@/kit/part";
import { useUploads } from "./UploadsContext";

const UploadPanel = part(() => import("./UploadPanel").then((module) => module.UploadPanel));

/** The panel is loaded with the first upload. */
export function UploadPanelHost() {
  return useUploads().uploads.length > 0 && <Suspense><UploadPanel /></Suspense>;
}
