import type { CombinedError } from "urql";
import { texts } from "@/texts";

export function codeOf(error: CombinedError | undefined): string | undefined {
  const code = error?.graphQLErrors[0]?.extensions.code;
  return typeof code === "string" ? code : undefined;
}

/** What to tell the user: the server's own words where it has some. */
export function messageOf(error: CombinedError): string {
  if (error.networkError) return texts.errors.unreachable;
  return error.graphQLErrors[0]?.message ?? texts.errors.unknown;
}
