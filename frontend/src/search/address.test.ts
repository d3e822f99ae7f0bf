import { expect, it } from "vitest";
import { readSearch, writeSearch } from "./address";

it("keeps the search in the address", () => {
  const params = writeSearch(new URLSearchParams("media=3"), { source: "abc", text: undefined, minimum: 82 });
  expect(params.toString()).toBe("media=3&source=abc&min=82");
  expect(readSearch(params)).toEqual({ source: "abc", text: undefined, minimum: 82 });
});

it("takes no nonsense from the address", () => {
  expect(readSearch(new URLSearchParams("min=x"))).toEqual({ source: undefined, text: undefined, minimum: 70 });
  expect(readSearch(new URLSearchParams("min=700")).minimum).toBe(100);
});
