import { toast } from "sonner";
import { CombinedError } from "urql";
import { texts } from "@/texts";

export function codeOf(error: CombinedError | undefined): string | undefined {
  const code = error?.graphQLErrors[0]?.extensions.code;
  return typeof code === "string" ? code : undefined;
}

/** The seconds after which the server takes it again, where it says so. */
export function retryAfterOf(error: CombinedError): number | undefined {
  const seconds = error.graphQLErrors[0]?.extensions.retryAfter;
  return typeof seconds === "number" ? seconds : undefined;
}

/** The server's sentence, or that of the reader's language where one says as much: it speaks English. */
export const inWords = (code: string | undefined, sentence: string): string => (code === undefined ? undefined : texts.errors.codes[code]) ?? sentence;

/** What to tell the user: the server's own words where it has some. */
export function messageOf(error: CombinedError): string {
  if (error.networkError) return texts.errors.unreachable;
  return inWords(codeOf(error), error.graphQLErrors[0]?.message ?? texts.errors.unknown);
}

/** Tells the user what failed; true when all went well. */
export function succeeded(error: CombinedError | undefined): boolean {
  if (error) toast.error(messageOf(error));
  return !error;
}

/** For a promise that rejects with what the server could not do: tells the user, and passes on what is a mistake of ours. */
export function report(error: unknown): undefined {
  if (!(error instanceof CombinedError)) throw error;
  toast.error(messageOf(error));
}
