import { expect, it } from "vitest";
import { choicesFor, rankOf } from "./choices";

it("puts what starts with the words before what contains them", () => {
  expect([rankOf("Garden", "gar"), rankOf("Old garden", "gar"), rankOf("Cigars", "gar"), rankOf("Sea", "gar")]).toEqual([0, 1, 2, undefined]);
});

it("keeps groups together, and leaves out what does not fit", () => {
  const all = [{ group: "screens", label: "Library" }, { group: "folders", label: "Berlin" }, { group: "tags", label: "library" }, { group: "folders", label: "Public library" }];
  expect(choicesFor(all, "lib").map(({ group }) => group)).toEqual(["screens", "folders", "tags"]);
  expect(choicesFor(all, "").map(({ label }) => label)).toEqual(["Library", "Berlin", "Public library", "library"]);
});
