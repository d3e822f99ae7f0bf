import { toast } from "sonner";
import type { CombinedError } from "urql";
import { messageOf } from "@/graphql/errors";
import { formatPercent } from "@/media/format";
import { texts } from "@/texts";

/** Items changed by one request: an answer of this length comes within a moment, and its event stays small. */
const BATCH = 500;
/** From this many on, the user is told how far it is. */
const WORTH_TELLING = 4000;

/**
 * Does something to many items, a batch after the other. Says what failed, and then stops: true when all is done.
 */
export async function inBatches(ids: readonly string[], run: (batch: string[]) => PromiseLike<{ error?: CombinedError | undefined }>): Promise<boolean> {
  const progress = ids.length >= WORTH_TELLING ? toast.loading(texts.actions.progress(formatPercent(0))) : undefined;
  for (let start = 0; start < ids.length; start += BATCH) {
    const { error } = await run(ids.slice(start, start + BATCH));
    if (error) {
      toast.error(messageOf(error), { ...(progress !== undefined && { id: progress }) });
      return false;
    }
    if (progress !== undefined) toast.loading(texts.actions.progress(formatPercent((100 * start) / ids.length)), { id: progress });
  }
  if (progress !== undefined) toast.dismiss(progress);
  return true;
}
