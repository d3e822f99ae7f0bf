import { expect, it } from "vitest";
import { readAddress, writeAddress } from "./address";
import type { Group } from "./documents";
import { type GroupPage, readGroups } from "./useGroups";
import { whyBest } from "./why";

const page = (ids: string[], endCursor: string | null): GroupPage => ({
  totalCount: 5,
  pageInfo: { hasNextPage: endCursor !== null, endCursor },
  nodes: ids.map((id) => ({ id, size: 2, best: { id: "a" }, bestReasons: [], shown: [], members: [] }) as Group),
});
const pages: Record<string, GroupPage> = { start: page(["1", "2"], "x"), x: page(["3", "4"], "y"), y: page(["5"], null) };
const read = async (after: string | null) => ({ page: pages[after ?? "start"], error: undefined });
const failing = async (after: string | null) => (after ? { page: undefined, error: undefined } : read(after));

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

it("names what the choice came down to", () => {
  const reason = { criterion: "PIXELS", best: "2 x 2", others: "2 x 2", isDecisive: false } as const;
  expect(whyBest({ bestReasons: [reason, { ...reason, criterion: "SHARPNESS", isDecisive: true }] })).toBe("sharpest");
  expect(whyBest({ bestReasons: [reason] })).toBeUndefined();
});

it("has all of it in the address, and is not led astray by it", () => {
  const address = { minimum: 90, linkage: "COMPLETE", folderId: "f" } as const;
  expect(readAddress(writeAddress(address))).toEqual(address);
  expect(readAddress(new URLSearchParams("min=7&linkage=none"))).toEqual({ minimum: 50, linkage: "SINGLE", folderId: undefined });
});
