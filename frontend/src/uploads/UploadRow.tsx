import { CircleAlert, CircleCheck, CircleSlash, Clock, Copy, LoaderCircle, RotateCw, X } from "lucide-react";
import { memo } from "react";
import { Button, IconButton } from "@/kit/Button";
import { cx } from "@/kit/cx";
import { ProgressBar } from "@/kit/ProgressBar";
import { formatBytes, formatPercent } from "@/media/format";
import { texts } from "@/texts";
import { useOpenMedia } from "@/viewer/useOpenMedia";
import { canRetry, isOpen, type Upload, type UploadState } from "./queue";
import { useUploads } from "./UploadsContext";

const ICONS = {
  queued: { icon: Clock, tone: "text-muted" },
  sending: { icon: LoaderCircle, tone: "text-accent animate-spin" },
  added: { icon: CircleCheck, tone: "text-good" },
  duplicate: { icon: Copy, tone: "text-muted" },
  rejected: { icon: CircleAlert, tone: "text-danger" },
  cancelled: { icon: CircleSlash, tone: "text-muted" },
};

function statusOf(state: UploadState): string {
  switch (state.type) {
    case "sending":
      return state.sent >= state.total ? texts.uploads.processing : formatPercent((100 * state.sent) / state.total);
    case "rejected":
      return state.message;
    default:
      return texts.uploads[state.type];
  }
}

export const UploadRow = memo(function UploadRow({ upload }: { upload: Upload }) {
  const { retry, cancel } = useUploads();
  const openMedia = useOpenMedia();
  const { id, file, state } = upload;
  const { icon: Icon, tone } = ICONS[state.type];
  return (
    <li className="border-b border-line last:border-0">
      <div className="flex min-h-12 items-center gap-3 py-1 pr-2 pl-4">
        <Icon aria-hidden size={17} className={cx("shrink-0", tone)} />
        <div className="min-w-0 flex-1">
          <p className="truncate text-sm" title={file.name}>{file.name}</p>
          <p className={cx("text-xs", state.type === "rejected" ? "text-danger" : "text-muted")}>{statusOf(state)}{state.type !== "rejected" && ` · ${formatBytes(file.size)}`}</p>
        </div>
        {(state.type === "added" || state.type === "duplicate") && <Button tone="quiet" onClick={() => openMedia(state.mediaId)}>{texts.uploads.open}</Button>}
        {canRetry(upload) && <IconButton icon={RotateCw} label={texts.uploads.retryOne(file.name)} onClick={() => retry(id)} />}
        {isOpen(upload) && <IconButton icon={X} label={texts.uploads.cancelOne(file.name)} onClick={() => cancel(id)} />}
      </div>
      {state.type === "sending" && <ProgressBar label={file.name} value={state.total > 0 ? state.sent / state.total : 0} />}
    </li>
  );
});
