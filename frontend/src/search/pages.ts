import type { Client, CombinedError, RequestPolicy } from "urql";
import type { ResultOf, VariablesOf } from "@/graphql/graphql";
import { SimilarMediaQuery } from "./documents";

/** The server gives 200 in one answer at most. */
export const PAGE = 100;

export type Found = ResultOf<typeof SimilarMediaQuery>["similarMedia"];
export type SearchVariables = Omit<VariablesOf<typeof SimilarMediaQuery>, "first" | "after">;

export interface Answer {
  found: Found | undefined;
  error: CombinedError | undefined;
}

/** Reads until `wanted` results are there or there are no more, behind those that are known. */
export async function readPages(client: Client, variables: SearchVariables, wanted: number, requestPolicy: RequestPolicy, known?: Found): Promise<Answer> {
  let found = known;
  do {
    const after = found?.pageInfo.endCursor ?? null;
    const { data, error } = await client.query(SimilarMediaQuery, { ...variables, first: PAGE, after }, { requestPolicy }).toPromise();
    if (!data) return { found, error };
    const page = data.similarMedia;
    found = { ...page, edges: [...(found?.edges ?? []), ...page.edges] };
  } while (found.edges.length < wanted && found.pageInfo.hasNextPage);
  return { found, error: undefined };
}
