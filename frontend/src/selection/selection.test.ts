import { expect, it } from "vitest";
import { isChosen, nothing, type Selection, selectionReducer, sizeOf } from "./selection";

const LIST = "library";
const toggle = (selection: Selection, id: string, index: number) => selectionReducer(selection, { type: "toggle", id, index, list: LIST });
const everything = (total: number) => selectionReducer(nothing, { type: "everything", everything: { list: LIST, variables: {}, total } });

it("toggles, and remembers where a range starts", () => {
  const one = toggle(nothing, "a", 3);
  expect([...one.ids]).toEqual(["a"]);
  expect(one.anchor).toBe(3);
  expect(sizeOf(toggle(one, "a", 3))).toBe(0);
});

it("gives back what a shrinking range took, and keeps what was chosen before it", () => {
  const start = toggle(toggle(nothing, "z", 9), "a", 0);
  const long = selectionReducer(start, { type: "range", ids: ["a", "b", "c"], list: LIST });
  const short = selectionReducer(long, { type: "range", ids: ["a", "b"], list: LIST });
  expect([...long.ids].toSorted()).toEqual(["a", "b", "c", "z"]);
  expect([...short.ids].toSorted()).toEqual(["a", "b", "z"]);
  expect(short.anchor).toBe(0);
});

it("takes away, and is nothing when the last one goes", () => {
  const some = selectionReducer(nothing, { type: "add", ids: ["a", "b"], list: LIST });
  expect([...selectionReducer(some, { type: "remove", ids: ["a"], list: LIST }).ids]).toEqual(["b"]);
  expect(sizeOf(selectionReducer(some, { type: "remove", ids: ["a", "b"], list: LIST }))).toBe(0);
});

it("chooses all that a list finds, loaded or not, but for exceptions", () => {
  const all = toggle(everything(100_000), "a", 0);
  expect(sizeOf(all)).toBe(99_999);
  expect(isChosen(all, "a", LIST)).toBe(false);
  expect(isChosen(all, "never loaded", LIST)).toBe(true);
  expect(isChosen(all, "never loaded", "another list")).toBe(false);
  expect(sizeOf(toggle(all, "a", 0))).toBe(100_000);
});

it("counts what came into the list meanwhile, and what another list added", () => {
  const more = selectionReducer(everything(10), { type: "recount", list: LIST, total: 12 });
  expect(sizeOf(more)).toBe(12);
  expect(selectionReducer(more, { type: "recount", list: "another", total: 3 })).toBe(more);
  expect(sizeOf(selectionReducer(more, { type: "add", ids: ["x"], list: "another" }))).toBe(13);
});

it("clears", () => {
  expect(selectionReducer(everything(3), { type: "clear" })).toBe(nothing);
});
