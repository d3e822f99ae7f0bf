import { Client, fetchExchange } from "urql";
import { expect, it } from "vitest";
import { galleryCache } from "@/graphql/cache";
import { PAGE, readPages } from "./pages";

const TOTAL = 250;
const asked: number[] = [];

const edge = (index: number) => ({
  similarity: 100 - index / 10,
  node: {
    __typename: "Media", id: `${index}`, mediaType: "IMAGE", originalFilename: `${index}.jpg`, originalDate: "2026-01-01T00:00:00Z", isFavorite: false, trashedAt: null,
    duration: null, width: 1, height: 1, placeholder: null, isAnimated: false, smallUrl: "/s", largeUrl: "/l", tags: [],
  },
  __typename: "SimilarMediaEdge",
});

/** A server whose cursors are positions. */
async function answer(_input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const { variables } = JSON.parse(String(init?.body)) as { variables: { first: number; after: string | null } };
  const start = variables.after === null ? 0 : Number(variables.after);
  const end = Math.min(start + variables.first, TOTAL);
  asked.push(start);
  const edges = Array.from({ length: end - start }, (_, offset) => edge(start + offset));
  const pageInfo = { __typename: "PageInfo", hasNextPage: end < TOTAL, endCursor: String(end) };
  return Response.json({ data: { similarMedia: { __typename: "SimilarMediaConnection", totalCount: TOTAL, referenceId: "r", pageInfo, edges } } });
}

const client = new Client({ url: "http://gallery.test/graphql", fetch: answer, preferGetMethod: false, exchanges: [galleryCache, fetchExchange] });
const variables = { reference: { mediaId: "x" }, minSimilarity: 50 };
const idsOf = (found: Awaited<ReturnType<typeof readPages>>["found"]) => found?.edges.map(({ node }) => Number(node.id));

it("goes on behind what is known, by cursor, to the end", async () => {
  const { found: first } = await readPages(client, variables, PAGE, "network-only");
  expect(idsOf(first)).toEqual(Array.from({ length: PAGE }, (_, index) => index));
  const { found: second } = await readPages(client, variables, PAGE + 1, "network-only", first);
  const { found: all } = await readPages(client, variables, 1000, "network-only", second);
  expect(idsOf(all)).toEqual(Array.from({ length: TOTAL }, (_, index) => index));
  expect(all?.pageInfo.hasNextPage).toBe(false);
  expect(asked).toEqual([0, 100, 200]);
});

it("reads anew as far as was read, from the cache where only items have changed", async () => {
  asked.length = 0;
  const { found } = await readPages(client, variables, 150, "cache-first");
  expect(found?.edges.length).toBe(200);
  expect(asked).toEqual([]);
});
