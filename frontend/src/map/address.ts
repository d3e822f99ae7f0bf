import type { Place } from "./documents";

export type Bounds = Place["bounds"];

const EDGES = ["south", "west", "north", "east"] as const;

export const addressOf = (bounds: Bounds): string => `/map/here?in=${EDGES.map((edge) => bounds[edge]).join(",")}`;

export function readBounds(params: URLSearchParams): Bounds | undefined {
  const [south, west, north, east, ...rest] = (params.get("in") ?? "").split(",").map((text) => (text === "" ? Number.NaN : Number(text)));
  if (south === undefined || west === undefined || north === undefined || east === undefined || rest.length > 0) return undefined;
  const bounds = { south, west, north, east };
  return EDGES.every((edge) => Number.isFinite(bounds[edge])) ? bounds : undefined;
}

export interface PositionWords {
  north: (degrees: string) => string;
  south: (degrees: string) => string;
  east: (degrees: string) => string;
  west: (degrees: string) => string;
}

/** Degrees as maps write them. */
export function describePosition(latitude: number, longitude: number, words: PositionWords, format: (value: number) => string): string {
  const up = (latitude < 0 ? words.south : words.north)(format(Math.abs(latitude)));
  const across = (longitude < 0 ? words.west : words.east)(format(Math.abs(longitude)));
  return `${up}, ${across}`;
}
