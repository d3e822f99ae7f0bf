import type { Geometry } from "./geometry";

/** Where a list was scrolled to, as pixels for the same layout and as an item for another. */
export interface Position {
  top: number;
  width: number;
  total: number;
  anchor: Anchor | undefined;
}

/** The item that stays where it is when the layout changes. */
export interface Anchor {
  id: string | undefined;
  index: number;
  /** From the viewport's top to the row's. */
  offset: number;
  geometry: Geometry | undefined;
}

const STORED = "scrollPositions";
const KEPT = 20;

/** By the names of the lists; a reload of the page keeps them too. */
export const positions = new Map<string, Position>(read());

function read(): [string, Position][] {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? "[]") as [string, Position][];
  } catch {
    return [];
  }
}

addEventListener("pagehide", () => {
  const kept = [...positions].slice(-KEPT).map(([name, position]) => [name, { ...position, anchor: position.anchor && { ...position.anchor, geometry: undefined } }]);
  try {
    sessionStorage.setItem(STORED, JSON.stringify(kept));
  } catch {
    // Without storage a reload begins at the top.
  }
});
