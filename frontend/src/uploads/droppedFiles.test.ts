import { expect, it } from "vitest";
import { isMeant } from "./droppedFiles";

it("leaves what the system keeps in folders", () => {
  expect(["a.jpg", ".DS_Store", "._a.jpg", "Thumbs.db", "desktop.ini", "Rome.heic"].filter(isMeant)).toEqual(["a.jpg", "Rome.heic"]);
});
