// @vitest-environment jsdom
import { expect, it } from "vitest";
import { isTyping, keyName, keyOf, shortcutFor, SHORTCUTS } from "./shortcuts";

const noop = () => undefined;
const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey", boolean>> = {}) => keyOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, ...held });

it("finds single keys and chords among what is handled", () => {
  const handlers = { goFavorites: noop, favorite: noop };
  expect(shortcutFor(handlers, undefined, "f")).toBe("favorite");
  expect(shortcutFor(handlers, "g", "f")).toBe("goFavorites");
  expect(shortcutFor(handlers, undefined, "t")).toBeUndefined();
});

it("gives the second key of a chord to nobody else", () => {
  expect(shortcutFor({ favorite: noop, similar: noop }, "g", "f")).toBeUndefined();
  expect(shortcutFor({ favorite: noop }, "g", "x")).toBeUndefined();
  expect(shortcutFor({ favorite: noop }, "x", "f")).toBe("favorite");
});

it("has no key twice within a group", () => {
  const seen = Object.values(SHORTCUTS).flatMap(({ group, keys }) => keys.map((key) => `${group} ${key}`));
  expect(new Set(seen).size).toBe(seen.length);
});

it("leaves keys to fields", () => {
  expect(isTyping(document.createElement("input"))).toBe(true);
  expect(isTyping(document.createElement("button"))).toBe(false);
});

it("names keys for people", () => {
  expect(["g p", " ", "ArrowUp", "f", "Ctrl+k", "+", "Shift+ArrowUp"].map(keyName)).toEqual(["g then p", "Space", "↑", "F", "Ctrl K", "+", "Shift ↑"]);
});

it("writes keys as the table does", () => {
  expect([press("?", { shiftKey: true }), press("ArrowUp", { shiftKey: true }), press("A", { ctrlKey: true, shiftKey: true }), press("a", { metaKey: true })]).toEqual(["?", "Shift+ArrowUp", "Ctrl+a", "Ctrl+a"]);
});
