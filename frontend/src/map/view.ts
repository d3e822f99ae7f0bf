import { WORLD } from "./world";

/** What of the plane is shown: its middle, and how many times larger than the whole. */
export interface View {
  x: number;
  y: number;
  zoom: number;
}

export const WHOLE: View = { x: WORLD.width / 2, y: WORLD.height / 2, zoom: 1 };
export const MOST_ZOOM = 64;

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** Keeps the world in sight. */
export function within({ x, y, zoom }: View): View {
  const next = clamp(zoom, 1, MOST_ZOOM);
  const half = { x: WORLD.width / 2 / next, y: WORLD.height / 2 / next };
  return { zoom: next, x: clamp(x, half.x, WORLD.width - half.x), y: clamp(y, half.y, WORLD.height - half.y) };
}

/** Zooms about a point of the plane, which stays where it is on the screen. */
export function zoomAbout({ x, y, zoom }: View, factor: number, at: { x: number; y: number }): View {
  const next = clamp(zoom * factor, 1, MOST_ZOOM);
  const share = zoom / next;
  return within({ zoom: next, x: at.x + (x - at.x) * share, y: at.y + (y - at.y) * share });
}

/** Pixels of the screen for one of the plane, and where the plane's origin lies: the whole fits, zoom apart. */
export function frameOf(view: View, size: { width: number; height: number }): { scale: number; left: number; top: number } {
  const scale = Math.min(size.width / WORLD.width, size.height / WORLD.height) * view.zoom;
  return { scale, left: size.width / 2 - view.x * scale, top: size.height / 2 - view.y * scale };
}

/** Degrees that are gathered into one place: some 60 pixels, in steps of two so that small moves ask for nothing new. */
export function cellFor(scale: number): number {
  const degrees = (60 / scale / WORLD.width) * 360;
  return Math.max(0.01, 2 ** Math.round(Math.log2(degrees)));
}
