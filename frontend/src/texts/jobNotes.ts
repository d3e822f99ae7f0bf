import type { JobNote } from "@/jobs/documents";

export type JobCounted = JobNote["counts"][number]["of"];

export interface Said {
  counts: Partial<Record<JobCounted, number>>;
  /** Of the file or tag that it is about. */
  name: string;
  /** The words for each count that is not zero, in the server's order, put together as a list; "" if all are. */
  each: (words: Partial<Record<JobCounted, (count: number) => string>>) => string;
}

/** The type check names the sentence that a language lacks. */
export type JobSentences = Record<JobNote["code"], (said: Said) => string>;
