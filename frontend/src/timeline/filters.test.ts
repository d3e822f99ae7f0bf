import { expect, it } from "vitest";
import { hasFilters, readFilters, timelineVariables, writeFilters } from "./filters";

it("goes from the address to a filter and back, keeping the rest of the address", () => {
  const params = new URLSearchParams("tag=cat&tag=out+door&type=videos&q=canon&media=7");
  const filters = readFilters(params);
  expect(filters).toEqual({ sort: "newest", type: "videos", tags: ["cat", "out door"], text: "canon" });
  expect(readFilters(writeFilters(params, filters))).toEqual(filters);
  expect(writeFilters(params, { sort: "newest", type: "all", tags: [], text: "" }).toString()).toBe("media=7");
});

it("asks the server only for what is filtered", () => {
  expect(timelineVariables(readFilters(new URLSearchParams("type=nonsense")), {})).toEqual({ filter: {} });
  expect(timelineVariables(readFilters(new URLSearchParams("tag=a")), { favorite: true })).toEqual({ filter: { favorite: true, tags: ["a"] } });
});

it("knows when nothing is filtered", () => {
  expect(hasFilters(readFilters(new URLSearchParams("media=7")))).toBe(false);
  expect(hasFilters(readFilters(new URLSearchParams("q=x")))).toBe(true);
});

it("keeps the order in the address, and takes no nonsense from it", () => {
  const params = writeFilters(new URLSearchParams(), { sort: "oldest", type: "all", tags: [], text: "" });
  expect(params.toString()).toBe("sort=oldest");
  expect(timelineVariables(readFilters(params), {})).toEqual({ filter: {}, sort: { field: "DATE", direction: "ASC" } });
  expect(readFilters(new URLSearchParams("sort=toString")).sort).toBe("newest");
});
