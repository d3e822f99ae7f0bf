import { Trash2 } from "lucide-react";
import { useCallback, useState, useSyncExternalStore } from "react";
import { Screen } from "@/app/Screen";
import { Button } from "@/kit/Button";
import { ConfirmDialog } from "@/kit/ConfirmDialog";
import { ErrorBanner, ErrorMessage, Message } from "@/kit/States";
import { usePersistent } from "@/kit/usePersistent";
import { texts } from "@/texts";
import { GridSkeleton } from "@/timeline/GridSkeleton";
import { MediaGrid } from "@/timeline/MediaGrid";
import { isTileSize, TILE_SIZES } from "@/timeline/tileSizes";
import { useTimelineSource } from "@/timeline/useTimelineSource";
import { daysLeft } from "./daysLeft";
import { useTrashActions } from "./documents";

const TRASHED = { filter: { trashed: true } };

export function TrashScreen() {
  const source = useTimelineSource(TRASHED);
  useSyncExternalStore(source.subscribe, source.getVersion);
  const [tileSize] = usePersistent("tileSize", TILE_SIZES.usual, isTileSize);
  const [isAsking, setIsAsking] = useState(false);
  const { empty } = useTrashActions();
  const { geometry, error } = source;
  const count = geometry?.total ?? 0;
  const badgeAt = useCallback((index: number) => {
    const trashedAt = source.itemAt(index)?.trashedAt;
    return trashedAt ? texts.trash.daysLeft(daysLeft(trashedAt)) : undefined;
  }, [source]);

  return (
    <Screen
      title={texts.trash.title}
      count={geometry?.total}
      actions={count > 0 && <Button icon={Trash2} onClick={() => setIsAsking(true)}>{texts.trash.emptyTrash}</Button>}
      toolbar={count > 0 && <p className="px-3 pb-2 text-sm text-muted sm:px-5">{texts.trash.note}</p>}
    >
      {geometry && error && <ErrorBanner error={error} onRetry={source.retry} />}
      {!geometry && error && <ErrorMessage title={texts.library.failed} error={error} onRetry={source.retry} />}
      {!geometry && !error && <GridSkeleton rowHeight={tileSize} />}
      {geometry && count > 0 && <MediaGrid model={source} geometry={geometry} label={texts.trash.grid} rowHeight={tileSize} badgeAt={badgeAt} />}
      {geometry && count === 0 && <Message icon={Trash2} title={texts.trash.empty} hint={texts.trash.emptyHint} />}
      {isAsking && <ConfirmDialog title={texts.trash.emptyQuestion(count)} hint={texts.trash.deleteHint} action={texts.trash.deleteNow} onConfirm={() => void empty()} onClose={() => setIsAsking(false)} />}
    </Screen>
  );
}
