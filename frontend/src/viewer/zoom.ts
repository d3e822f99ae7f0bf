export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** How a picture is enlarged, and how far its centre is from the stage's, in pixels. */
export interface Zoom extends Point {
  scale: number;
}

export const FIT: Zoom = { scale: 1, x: 0, y: 0 };
export const LARGEST = 12;
/** What a double tap or `z` goes to, and a step of `+` or `-`. */
export const CLOSER = 2.5;
export const STEP = 1.5;
const WHEEL_PER_PX = 0.0022;

export const wheelFactor = (deltaY: number): number => Math.exp(-deltaY * WHEEL_PER_PX);

/** Enlarged to `scale` around a point of the stage, measured from its centre: what is there stays there. */
export function zoomedAt(zoom: Zoom, scale: number, { x, y }: Point): Zoom {
  const next = Math.min(LARGEST, Math.max(1, scale));
  const factor = next / zoom.scale;
  return { scale: next, x: x - (x - zoom.x) * factor, y: y - (y - zoom.y) * factor };
}

const within = (value: number, most: number) => Math.min(most, Math.max(-most, value));

/** Held so that no edge of the picture comes inside the stage unless the picture is smaller. */
export function held(zoom: Zoom, picture: Size, stage: Size): Zoom {
  const limit = (length: number, room: number) => Math.max(0, (length * zoom.scale - room) / 2);
  return { scale: zoom.scale, x: within(zoom.x, limit(picture.width, stage.width)), y: within(zoom.y, limit(picture.height, stage.height)) };
}
