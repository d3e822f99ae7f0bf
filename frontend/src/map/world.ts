import { geoNaturalEarth1, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { Topology } from "topojson-specification";
import land from "world-atlas/land-110m.json";

/** Natural Earth's outline of the land, in the public domain, on a plane of this size. */
export const WORLD = { width: 1000, height: 520 };

const topology = land as unknown as Topology;
const shape = topology.objects.land;
const projection = geoNaturalEarth1().fitExtent([[4, 4], [WORLD.width - 4, WORLD.height - 4]], { type: "Sphere" });
const path = geoPath(projection);

export const OUTLINES = { sphere: path({ type: "Sphere" }) ?? "", land: (shape && path(feature(topology, shape))) ?? "" };

/** Where degrees lie on the plane. */
export function project(latitude: number, longitude: number): { x: number; y: number } {
  const [x, y] = projection([longitude, latitude]) ?? [0, 0];
  return { x, y };
}
