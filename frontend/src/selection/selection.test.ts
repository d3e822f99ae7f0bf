import { expect, it } from "vitest";
import { nothing, selectionReducer } from "./selection";

it("toggles, and remembers where a range starts", () => {
  const one = selectionReducer(nothing, { type: "toggle", id: "a", index: 3 });
  expect([...one.ids]).toEqual(["a"]);
  expect(one.anchor).toBe(3);
  expect(selectionReducer(one, { type: "toggle", id: "a", index: 3 }).ids.size).toBe(0);
});

it("adds a range to what is chosen, and clears", () => {
  const some = selectionReducer(nothing, { type: "toggle", id: "a", index: 0 });
  const more = selectionReducer(some, { type: "add", ids: ["b", "c"], index: 2 });
  expect([...more.ids]).toEqual(["a", "b", "c"]);
  expect(selectionReducer(more, { type: "clear" })).toBe(nothing);
});
