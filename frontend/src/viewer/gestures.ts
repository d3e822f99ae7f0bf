import type { CSSProperties } from "react";

const SWIPE_PX = 60;
/** A swipe is so much longer in its direction than across it. */
const DOMINANT = 1.5;

export type Swipe = "left" | "right" | "down";

export function swipeOf(x: number, y: number): Swipe | undefined {
  if (Math.abs(x) > SWIPE_PX && Math.abs(x) > DOMINANT * Math.abs(y)) return x < 0 ? "left" : "right";
  return y > SWIPE_PX && y > DOMINANT * Math.abs(x) ? "down" : undefined;
}

/** Small pictures are enlarged, but not until they are only squares. */
const ENLARGED = 2;

/** The box a picture will fill, before its bytes are there: nothing moves when they arrive. */
export function fitted({ width, height }: { width: number | null; height: number | null }): CSSProperties {
  if (!width || !height) return { maxWidth: "100%", maxHeight: "100%" };
  return { aspectRatio: `${width} / ${height}`, width: `min(100cqw, ${width * ENLARGED}px, 100cqh * ${(width / height).toFixed(4)})`, maxHeight: "100%" };
}
