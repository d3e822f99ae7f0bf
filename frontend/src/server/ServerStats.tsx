import { useEffect } from "react";
import { useQuery } from "urql";
import { graphql } from "@/graphql/graphql";
import { libraryChanges } from "@/live/changes";
import { formatBytes } from "@/media/format";
import { texts } from "@/texts";

const ServerStatsQuery = graphql(`
  query ServerStats {
    server {
      version
      totalImages
      totalVideos
      totalSizeBytes
      diskFreeBytes
      diskTotalBytes
    }
  }
`);

/** An upload of hundreds changes the numbers each moment; nobody reads them that fast. */
const SETTLE_MS = 1500;

export function ServerStats() {
  const [{ data }, read] = useQuery({ query: ServerStatsQuery });

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = libraryChanges.subscribe((change) => {
      if (change !== "members" || timer) return;
      timer = setTimeout(() => {
        timer = undefined;
        read({ requestPolicy: "network-only" });
      }, SETTLE_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [read]);

  if (!data) return <div className="h-28" />;
  const { totalImages, totalVideos, totalSizeBytes, diskFreeBytes, diskTotalBytes, version } = data.server;
  const used = diskTotalBytes > 0 ? 1 - diskFreeBytes / diskTotalBytes : 0;
  return (
    <section aria-label={texts.server.title} className="rounded-xl bg-sunken p-3 text-xs text-muted">
      <p className="text-sm font-medium text-ink">{texts.server.photos(totalImages)}{totalVideos > 0 && `, ${texts.server.videos(totalVideos)}`}</p>
      <p className="mt-0.5">{texts.server.used(formatBytes(totalSizeBytes))}</p>
      <div role="meter" aria-label={texts.server.disk} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(used * 100)} className="my-2 h-1.5 overflow-hidden rounded-full bg-line">
        <div className={used > 0.9 ? "forced-filled h-full bg-danger" : "forced-filled h-full bg-accent"} style={{ width: `${used * 100}%` }} />
      </div>
      <p className="flex justify-between gap-2"><span>{texts.server.free(formatBytes(diskFreeBytes))}</span><span>{texts.server.version(version)}</span></p>
    </section>
  );
}
