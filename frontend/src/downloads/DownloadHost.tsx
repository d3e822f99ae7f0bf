import { Suspense } from "react";
import { part } from "@/kit/part";
import { useDownloads } from "./DownloadsContext";

const DownloadPanel = part(() => import("./DownloadPanel").then((module) => module.DownloadPanel));

export function DownloadHost() {
  return useDownloads().downloads.length > 0 && <Suspense><DownloadPanel /></Suspense>;
}
