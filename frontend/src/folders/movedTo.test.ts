import { expect, it } from "vitest";
import { movedTo } from "./useFolderActions";

it("moves an element to another place, and no further than the ends", () => {
  expect(movedTo(["a", "b", "c"], "a", 1)).toEqual(["b", "a", "c"]);
  expect(movedTo(["a", "b", "c"], "c", 0)).toEqual(["c", "a", "b"]);
  expect(movedTo(["a", "b", "c"], "a", -1)).toEqual(["a", "b", "c"]);
  expect(movedTo(["a", "b", "c"], "b", 9)).toEqual(["a", "c", "b"]);
});
