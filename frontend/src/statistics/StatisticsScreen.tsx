import { useEffect } from "react";
import { useQuery } from "urql";
import { Card, Page } from "@/app/Page";
import { Screen } from "@/app/Screen";
import { ErrorMessage } from "@/kit/States";
import { libraryChanges } from "@/live/changes";
import { formatBytes, formatNumber } from "@/media/format";
import { texts } from "@/texts";
import { type Bar, Bars } from "./Bars";
import { type Statistics, StatisticsQuery } from "./documents";

const SHOWN = 12;
/** An upload of hundreds changes the numbers each moment; nobody reads them that fast. */
const SETTLE_MS = 1500;

export function StatisticsScreen() {
  const [{ data, error }, read] = useQuery({ query: StatisticsQuery, requestPolicy: "cache-and-network" });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = libraryChanges.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(() => read({ requestPolicy: "network-only" }), SETTLE_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [read]);
  return (
    <Screen title={texts.statistics.title}>
      {!data && error && <ErrorMessage title={texts.statistics.failed} error={error} onRetry={() => read({ requestPolicy: "network-only" })} />}
      {data && <Page><Figures data={data} /></Page>}
    </Screen>
  );
}

const byCount = (bars: Bar[]): Bar[] => bars.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count).slice(0, SHOWN);

function Figures({ data }: { data: Statistics }) {
  const { server, timeline, favorites, located, untagged, folders, tags } = data;
  const used = server.diskTotalBytes - server.diskFreeBytes;
  const figures: [string, string][] = [
    [texts.statistics.photos, formatNumber(server.totalImages)],
    [texts.statistics.videos, formatNumber(server.totalVideos)],
    [texts.statistics.originals, formatBytes(server.totalSizeBytes)],
    [texts.statistics.favorites, formatNumber(favorites.totalCount)],
    [texts.statistics.places, formatNumber(located.totalCount)],
    [texts.statistics.untagged, formatNumber(untagged.totalCount)],
    [texts.statistics.trash, formatNumber(server.trashedFiles)],
  ];
  return (
    <div className="max-w-6xl space-y-4">
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4 xl:grid-cols-7">
        {figures.map(([name, value]) => (
          <div key={name} className="flex flex-col-reverse rounded-2xl border border-line bg-raised p-4">
            <dt className="text-sm text-muted">{name}</dt>
            <dd className="text-2xl font-semibold tracking-tight tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <Card title={texts.statistics.disk}>
        <div role="meter" aria-label={texts.server.disk} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round((100 * used) / Math.max(1, server.diskTotalBytes))} className="h-3 overflow-hidden rounded-full bg-sunken">
          <div className="forced-filled h-full rounded-full bg-accent" style={{ width: `${(100 * used) / Math.max(1, server.diskTotalBytes)}%` }} />
        </div>
        <p className="mt-2 text-sm text-muted">{texts.statistics.diskUsed(formatBytes(used), formatBytes(server.diskTotalBytes))}</p>
      </Card>
      <div className="grid gap-4 lg:grid-cols-3">
        <Card title={texts.statistics.byYear}><Bars bars={timeline.buckets.map(({ key, count }) => ({ name: key, count }))} /></Card>
        <Card title={texts.statistics.byTag}><Bars bars={byCount(tags.map(({ name, manualCount, autoCount }) => ({ name, count: manualCount + autoCount, to: `/tags/${encodeURIComponent(name)}` })))} /></Card>
        <Card title={texts.statistics.byFolder}><Bars bars={byCount(folders.map(({ id, name, itemCount }) => ({ name, count: itemCount, to: `/folders/${id}` })))} /></Card>
      </div>
    </div>
  );
}
