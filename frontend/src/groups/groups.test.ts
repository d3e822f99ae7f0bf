import { expect, it } from "vitest";
import type { Group } from "./documents";
import { type GroupPage, readGroups } from "./useGroups";
import { whyBest } from "./why";

const page = (ids: string[], endCursor: string | null): GroupPage => ({
  totalCount: 5,
  pageInfo: { hasNextPage: endCursor !== null, endCursor },
  nodes: ids.map((id) => ({ id, size: 2, best: { id: "a" }, shown: [], members: [] }) as Group),
});
const pages: Record<string, GroupPage> = { start: page(["1", "2"], "x"), x: page(["3", "4"], "y"), y: page(["5"], null) };
const read = async (after: string | null) => ({ page: pages[after ?? "start"], error: undefined });
const failing = async (after: string | null) => (after ? { page: undefined, error: undefined } : read(after));
const item = (id: string, width: number) => ({ id, width, height: 100 });

it("reads on until there are as many groups as were shown before", async () => {
  const { found } = await readGroups(read, 3);
  expect(found?.groups.map(({ id }) => id)).toEqual(["1", "2", "3", "4"]);
  const rest = await readGroups(read, 5, found);
  expect(rest.found?.groups.length).toBe(5);
  expect(rest.found?.cursor).toBeNull();
});

it("keeps what it has when a page fails", async () => {
  expect((await readGroups(failing, 9)).found?.groups.length).toBe(2);
});

it("says pixels only where they decide", () => {
  expect(whyBest("a", [item("a", 300), item("b", 200)])).toBe("mostPixels");
  expect(whyBest("a", [item("a", 300), item("b", 300)])).toBe("sharpest");
  expect(whyBest("z", [item("a", 300), item("b", 300)])).toBeUndefined();
});
