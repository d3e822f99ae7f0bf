/** Height that rows aim at, in pixels. */
export const TILE_SIZES = { smallest: 120, usual: 210, largest: 360 };

export const isTileSize = (value: unknown): value is number =>
  typeof value === "number" && value >= TILE_SIZES.smallest && value <= TILE_SIZES.largest;

export const asTileSize = (height: number): number => Math.round(Math.min(TILE_SIZES.largest, Math.max(TILE_SIZES.smallest, height)));
