import { texts } from "@/texts";
import type { JobSentences, Said } from "@/texts/jobNotes";
import type { Job } from "./documents";

/** What a job is at or came to, or why it failed; in the server's words where the app has none for it. */
export function saidBy({ note, error, message }: Pick<Job, "note" | "error" | "message">, words: Partial<JobSentences> = texts.jobs.notes): string | null {
  // A server may have codes that this app does not know yet.
  const sentence = note && words[note.code];
  if (!sentence) return error ?? message;
  const each: Said["each"] = (parts) => note.counts.flatMap(({ of, count }) => (count > 0 ? (parts[of]?.(count) ?? []) : [])).join(", ");
  return sentence({ counts: Object.fromEntries(note.counts.map(({ of, count }) => [of, count])), name: note.name ?? "", each });
}
