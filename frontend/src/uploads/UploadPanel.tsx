import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/kit/Button";
import { ProgressBar } from "@/kit/ProgressBar";
import { texts } from "@/texts";
import { canRetry, isOpen, shownFirst, totalsOf } from "./queue";
import { UploadRow } from "./UploadRow";
import { useUploads } from "./UploadsContext";

const SHOWN = 60;

/** Not modal: what runs, beside whatever one is doing. */
export function UploadPanel() {
  const { uploads, retry, cancelAll, clear } = useUploads();
  const [isCollapsed, setIsCollapsed] = useState(false);
  if (uploads.length === 0) return null;
  const totals = totalsOf(uploads);
  const isRunning = uploads.some(isOpen);
  const summary = isRunning ? texts.uploads.running(totals.done, totals.total) : texts.uploads.finished(totals.added, totals.duplicates, totals.failed);

  return (
    <section aria-label={texts.uploads.panel} className="animate-rise fixed right-3 bottom-[calc(var(--below)+0.75rem)] z-30 flex max-h-[min(28rem,60dvh)] w-[min(24rem,calc(100vw-1.5rem))] flex-col overflow-hidden rounded-2xl border border-line bg-raised shadow-2xl sm:right-5">
      <header className="flex items-center gap-1 py-2 pr-2 pl-4">
        <div className="min-w-0 flex-1">
          <h2 className="text-sm font-semibold">{texts.uploads.panel}</h2>
          <p role="status" className="truncate text-xs text-muted tabular-nums">{summary}</p>
        </div>
        <IconButton icon={isCollapsed ? ChevronUp : ChevronDown} label={isCollapsed ? texts.uploads.expand : texts.uploads.collapse} onClick={() => setIsCollapsed(!isCollapsed)} />
        {!isRunning && <IconButton icon={X} label={texts.close} onClick={clear} />}
      </header>
      {isRunning && <ProgressBar label={texts.uploads.panel} value={totals.progress} />}
      {!isCollapsed && (
        <>
          <ul className="min-h-0 flex-1 overflow-y-auto border-t border-line">
            {shownFirst(uploads, SHOWN).map((upload) => <UploadRow key={upload.id} upload={upload} />)}
            {uploads.length > SHOWN && <li className="px-4 py-2 text-xs text-muted">{texts.uploads.more(uploads.length - SHOWN)}</li>}
          </ul>
          <footer className="flex justify-end gap-1 border-t border-line p-1.5 empty:hidden">
            {uploads.some(canRetry) && <Button tone="quiet" onClick={() => retry()}>{texts.uploads.retryAll}</Button>}
            {isRunning ? <Button tone="quiet" onClick={cancelAll}>{texts.uploads.cancelAll}</Button> : <Button tone="quiet" onClick={clear}>{texts.uploads.clear}</Button>}
          </footer>
        </>
      )}
    </section>
  );
}
