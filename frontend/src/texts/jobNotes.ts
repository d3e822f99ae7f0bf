import type { JobNote } from "@/jobs/documents";

export type JobNoteCode = JobNote["code"];
export type JobCounted = JobNote["counts"][number]["of"];

/** What was counted, in the server's order, and the file or tag that it is about. */
export interface Said {
  counts: Partial<Record<JobCounted, number>>;
  name: string;
}

/** A sentence for each; the type check names the language that lacks one. */
export type JobSentences = Record<JobNoteCode, (said: Said) => string>;

/** The counts that are there, each with its words. */
export function countedParts(counts: Said["counts"], words: Partial<Record<JobCounted, (count: number) => string>>): string[] {
  return Object.entries(counts).flatMap(([of, count]) => (count > 0 ? (words[of as JobCounted]?.(count) ?? []) : []));
}
