import { ChevronDown, ChevronUp, CircleAlert, CircleCheck, CircleSlash, Download as DownloadIcon, LoaderCircle, RotateCw, X } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/kit/Button";
import { cx } from "@/kit/cx";
import { ProgressBar } from "@/kit/ProgressBar";
import { formatBytes } from "@/media/format";
import { texts } from "@/texts";
import { useDownloads } from "./DownloadsContext";
import { type Download, isRunning, progressOf } from "./downloads";

const ICONS = {
  planning: { icon: LoaderCircle, tone: "text-accent animate-spin" },
  running: { icon: LoaderCircle, tone: "text-accent animate-spin" },
  done: { icon: CircleCheck, tone: "text-good" },
  handed: { icon: DownloadIcon, tone: "text-good" },
  failed: { icon: CircleAlert, tone: "text-danger" },
  cancelled: { icon: CircleSlash, tone: "text-muted" },
};

/** Not modal, on the other side than uploads. */
export function DownloadPanel() {
  const { downloads, clear } = useDownloads();
  const [isCollapsed, setIsCollapsed] = useState(false);
  return (
    <section aria-label={texts.downloads.title} className="animate-rise fixed bottom-[calc(var(--below)+0.75rem)] left-3 z-30 flex max-h-[min(22rem,50dvh)] w-[min(22rem,calc(100vw-1.5rem))] flex-col overflow-hidden rounded-2xl border border-line bg-raised shadow-2xl md:left-64">
      <header className="flex items-center gap-1 py-1.5 pr-2 pl-4">
        <h2 className="flex-1 text-sm font-semibold">{texts.downloads.title}</h2>
        <IconButton icon={isCollapsed ? ChevronUp : ChevronDown} label={isCollapsed ? texts.downloads.expand : texts.downloads.collapse} onClick={() => setIsCollapsed(!isCollapsed)} />
        {!downloads.some(isRunning) && <IconButton icon={X} label={texts.downloads.clear} onClick={clear} />}
      </header>
      {!isCollapsed && <ul className="min-h-0 overflow-y-auto border-t border-line">{downloads.map((download) => <DownloadRow key={download.id} download={download} />)}</ul>}
    </section>
  );
}

function statusOf({ state, received, totalBytes, parts, partsDone }: Download): string {
  const progress = texts.downloads.progress(formatBytes(received), formatBytes(totalBytes));
  switch (state) {
    case "running":
      return parts > 1 ? `${progress} · ${texts.downloads.part(Math.min(parts, partsDone + 1), parts)}` : progress;
    case "failed":
      return `${texts.downloads.failed} · ${progress}`;
    case "done":
      return `${texts.downloads.done} · ${formatBytes(totalBytes)}`;
    default:
      return texts.downloads[state];
  }
}

function DownloadRow({ download }: { download: Download }) {
  const { cancel, resume } = useDownloads();
  const { id, label, state } = download;
  const { icon: Icon, tone } = ICONS[state];
  return (
    <li className="border-b border-line last:border-0">
      <div className="flex min-h-12 items-center gap-3 py-1.5 pr-2 pl-4">
        <Icon aria-hidden size={17} className={cx("shrink-0", tone)} />
        <div className="min-w-0 flex-1">
          <p className="truncate text-sm">{label}</p>
          <p role="status" className="text-xs text-muted tabular-nums">{statusOf(download)}</p>
        </div>
        {state === "failed" && <IconButton icon={RotateCw} label={texts.downloads.resume} onClick={() => resume(id)} />}
        {isRunning(download) && <IconButton icon={X} label={texts.downloads.cancel(label)} onClick={() => cancel(id)} />}
      </div>
      {state === "running" && <ProgressBar label={label} value={progressOf(download)} />}
    </li>
  );
}
