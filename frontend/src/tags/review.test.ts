import { expect, it } from "vitest";
import { unanswered } from "./review";

it("asks nothing twice, whatever the server sends again", () => {
  const queue = ["a", "b", "c"].map((id) => ({ media: { id } }));
  expect(unanswered(queue, new Set(["a", "c"])).map(({ media }) => media.id)).toEqual(["b"]);
});
