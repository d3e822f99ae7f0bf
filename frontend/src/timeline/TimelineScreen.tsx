import type { ReactNode } from "react";
import { useSyncExternalStore } from "react";
import { useSearchParams } from "react-router";
import { SearchX } from "lucide-react";
import { Button } from "@/kit/Button";
import { ErrorBanner, ErrorMessage, Message } from "@/kit/States";
import { usePersistent } from "@/kit/usePersistent";
import { Screen } from "@/app/Screen";
import { texts } from "@/texts";
import { FilterBar } from "./FilterBar";
import { GridSkeleton } from "./GridSkeleton";
import { hasFilters, readFilters, type Scope, timelineVariables, writeFilters } from "./filters";
import { MediaGrid } from "./MediaGrid";
import { asTileSize, isTileSize, TILE_SIZES } from "./tileSizes";
import { useTimelineSource } from "./useTimelineSource";

interface TimelineScreenProps {
  title: string;
  scope: Scope;
  empty: ReactNode;
  actions?: ReactNode;
}

/** Library, favourites and folders: the same grid over different parts of the library. */
export function TimelineScreen({ title, scope, empty, actions }: TimelineScreenProps) {
  const [params, setParams] = useSearchParams();
  const filters = readFilters(params);
  const source = useTimelineSource(timelineVariables(filters, scope));
  useSyncExternalStore(source.subscribe, source.getVersion);
  const [tileSize, setTileSize] = usePersistent("tileSize", TILE_SIZES.usual, isTileSize);
  const { geometry, error } = source;
  const isEmpty = geometry?.total === 0 && !hasFilters(filters);
  const setFilters = (next: typeof filters) => setParams(writeFilters(params, next), { replace: true });

  return (
    <Screen
      title={title}
      count={geometry?.total}
      actions={actions}
      toolbar={!isEmpty && <FilterBar filters={filters} onChange={setFilters} tileSize={tileSize} onTileSize={setTileSize} />}
    >
      {geometry && error && <ErrorBanner error={error} onRetry={source.retry} />}
      {!geometry && error && <ErrorMessage title={texts.library.failed} error={error} onRetry={source.retry} />}
      {!geometry && !error && <GridSkeleton rowHeight={tileSize} />}
      {geometry && geometry.total > 0 && <MediaGrid key={JSON.stringify(scope)} model={source} geometry={geometry} label={texts.library.grid} rowHeight={tileSize} onRowHeight={(height) => setTileSize(asTileSize(height))} folderId={"folderId" in scope ? scope.folderId : undefined} />}
      {isEmpty && empty}
      {geometry?.total === 0 && !isEmpty && (
        <Message icon={SearchX} title={texts.library.noMatch} hint={texts.library.noMatchHint}>
          <Button onClick={() => setFilters({ ...filters, type: "all", tags: [], text: "" })}>{texts.library.clearFilters}</Button>
        </Message>
      )}
    </Screen>
  );
}
