import { expect, it } from "vitest";
import { changeOf, LibraryChanges } from "./changes";
import { retryDelay } from "./connection";

it("backs off to half a minute at most", () => {
  expect(retryDelay(0, 1)).toBe(500);
  expect(retryDelay(3, 1)).toBe(4000);
  expect(retryDelay(30, 1)).toBe(30_000);
  expect(retryDelay(0, 0)).toBe(250);
});

it("knows which events move lists", () => {
  expect(changeOf("MediaAdded")).toBe("members");
  expect(changeOf("ResyncRequired")).toBe("members");
  expect(changeOf("MediaChanged")).toBe("items");
  expect(changeOf("TagsChanged")).toBeUndefined();
});

it("counts changes for lists that were not listening", () => {
  const changes = new LibraryChanges();
  const heard: string[] = [];
  const stop = changes.subscribe((change) => heard.push(change));
  changes.emit("members");
  stop();
  changes.emit("items");
  expect(heard).toEqual(["members"]);
  expect(changes.version).toBe(2);
});
