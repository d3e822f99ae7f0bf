import { useEffect } from "react";
import { useQuery, useSubscription } from "urql";
import { libraryChanges } from "@/live/changes";
import { JobProgressSubscription, JobsQuery } from "./documents";

/** All jobs, newest first, as they go: progress changes those that are known, a new one is read with the list. */
export function useJobs() {
  const [{ data, error }, read] = useQuery({ query: JobsQuery, requestPolicy: "cache-and-network" });
  const [{ data: news }] = useSubscription({ query: JobProgressSubscription });
  const latest = news?.jobProgress.id;
  const unknown = data && latest && !data.jobs.some(({ id }) => id === latest) ? latest : undefined;

  useEffect(() => {
    if (unknown) read({ requestPolicy: "network-only" });
  }, [unknown, read]);
  // After a lost connection there may be ends that nobody told of.
  useEffect(() => libraryChanges.subscribe((change) => change === "members" && read({ requestPolicy: "network-only" })), [read]);

  return { jobs: data?.jobs, error, retry: () => read({ requestPolicy: "network-only" }) };
}
