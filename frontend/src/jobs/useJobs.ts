import { useEffect } from "react";
import { useQuery, useSubscription } from "urql";
import { libraryChanges } from "@/live/changes";
import { type JobNews, JobProgressSubscription, JobsQuery } from "./documents";
import { isOpenJob } from "./JobRow";

/** Jobs that wait or run are told of as soon as the server listens to us: long before this. */
const UNTOLD_MS = 2000;

interface News {
  latest: string | undefined;
  ids: ReadonlySet<string>;
}

const NONE: News = { latest: undefined, ids: new Set() };

/** All jobs, newest first, as they go: progress changes those that are known, a new one is read with the list. */
export function useJobs() {
  const [{ data, error }, read] = useQuery({ query: JobsQuery, requestPolicy: "cache-and-network" });
  const [{ data: news = NONE }] = useSubscription<JobNews, News>({ query: JobProgressSubscription }, ({ ids } = NONE, { jobProgress: { id } }) => ({ latest: id, ids: new Set(ids).add(id) }));
  const { latest, ids } = news;
  const unknown = data && latest && !data.jobs.some(({ id }) => id === latest) ? latest : undefined;
  /** Unfinished by the list, and ended before we were listened to. */
  const untold = data?.jobs.find((job) => isOpenJob(job) && !ids.has(job.id))?.id;

  useEffect(() => {
    if (!untold) return undefined;
    const timer = setTimeout(() => read({ requestPolicy: "network-only" }), UNTOLD_MS);
    return () => clearTimeout(timer);
  }, [untold, read]);
  useEffect(() => {
    if (unknown) read({ requestPolicy: "network-only" });
  }, [unknown, read]);
  // After a lost connection there may be ends that nobody told of.
  useEffect(() => libraryChanges.subscribe((change) => change === "members" && read({ requestPolicy: "network-only" })), [read]);

  return { jobs: data?.jobs, error, retry: () => read({ requestPolicy: "network-only" }) };
}
