import { expect, it } from "vitest";
import { languageFor } from "./language";

it("takes the choice, else the first language of the browser that there is", () => {
  expect(languageFor("de", ["en-GB"])).toBe("de");
  expect(languageFor("system", ["fr", "de-AT", "en"])).toBe("de");
  expect(languageFor("system", ["fr"])).toBe("en");
});
