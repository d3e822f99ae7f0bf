interface Sized {
  id: string;
  width: number | null;
  height: number | null;
}

const pixels = ({ width, height }: Sized) => (width ?? 0) * (height ?? 0);

/** What makes the best one the best: the server goes by pixels first, then by sharpness. */
export function whyBest(best: string, items: readonly Sized[]): "mostPixels" | "sharpest" | undefined {
  const chosen = items.find(({ id }) => id === best);
  if (!chosen || items.length < 2) return undefined;
  return items.every((item) => item === chosen || pixels(item) < pixels(chosen)) ? "mostPixels" : "sharpest";
}
