import { expect, it } from "vitest";
import { cameraName, exifEntries, exposure } from "./exif";

const camera = { make: null, model: null, lens: null, iso: null, aperture: null, exposureTime: null, focalLength: null };

it("says the maker once", () => {
  expect(cameraName({ ...camera, make: "Canon", model: "Canon EOS 5D" })).toBe("Canon EOS 5D");
  expect(cameraName({ ...camera, make: "NIKON CORPORATION", model: "NIKON D70" })).toBe("NIKON D70");
  expect(cameraName({ ...camera, make: "Sony", model: "DSC-1" })).toBe("Sony DSC-1");
  expect(cameraName(camera)).toBeUndefined();
});

it("writes the exposure as photographers do", () => {
  expect(exposure({ ...camera, aperture: 2.8, exposureTime: "1/250", iso: 400 })).toBe("ƒ/2.8 · 1/250 s · ISO 400");
  expect(exposure(camera)).toBeUndefined();
});

it("lists whatever metadata there is, by name", () => {
  expect(exifEntries({ b: 1, a: "x", c: null, d: [1] })).toEqual([["a", "x"], ["b", "1"], ["d", "[1]"]]);
  expect(exifEntries(null)).toEqual([]);
});
