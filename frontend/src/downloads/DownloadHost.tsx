import { lazy, Suspense } from "react";
import { useDownloads } from "./DownloadsContext";

const DownloadPanel = lazy(() => import("./DownloadPanel").then((module) => ({ default: module.DownloadPanel })));

export function DownloadHost() {
  return useDownloads().downloads.length > 0 && <Suspense><DownloadPanel /></Suspense>;
}
