import { thumbHashToAverageRGBA, thumbHashToDataURL } from "thumbhash";

const urls = new Map<string, string>();
const colours = new Map<string, string>();
const REMEMBERED = 2000;

/** Cheap enough for every tile of a fling; the blurred picture follows when the tile is admitted. */
export function placeholderColour(hash: string): string {
  return remembered(colours, hash, () => {
    const { r, g, b } = thumbHashToAverageRGBA(bytesOf(hash));
    return `rgb(${[r, g, b].map((part) => Math.round(part * 255)).join(" ")})`;
  });
}

export function placeholderUrl(hash: string): string {
  return remembered(urls, hash, () => thumbHashToDataURL(bytesOf(hash)));
}

function bytesOf(hash: string): Uint8Array {
  return Uint8Array.from(atob(hash), (character) => character.charCodeAt(0));
}

function remembered(map: Map<string, string>, hash: string, make: () => string): string {
  let value = map.get(hash);
  if (value === undefined) {
    if (map.size >= REMEMBERED) map.clear();
    value = make();
    map.set(hash, value);
  }
  return value;
}
