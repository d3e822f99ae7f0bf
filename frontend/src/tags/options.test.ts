import { expect, it } from "vitest";
import { optionsFor } from "./options";

it("suggests what starts with the text before what contains it, then the new name", () => {
  expect(optionsFor(["wildcat", "cat", "dog"], "cat", []).map(({ name }) => name)).toEqual(["cat", "wildcat"]);
  expect(optionsFor(["wildcat", "catfish"], "cat", [])).toEqual([
    { name: "catfish", isNew: false },
    { name: "wildcat", isNew: false },
    { name: "cat", isNew: true },
  ]);
});

it("offers neither what is there already nor the same name in another case", () => {
  expect(optionsFor(["Cat"], "cat", ["Cat"])).toEqual([]);
  expect(optionsFor(["Cat"], "cat", [])).toEqual([{ name: "Cat", isNew: false }]);
});
