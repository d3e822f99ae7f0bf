const EDGE_PX = 56;
const FASTEST_PX = 28;

/** How far a frame scrolls while the pointer is held near an edge: faster the nearer, nothing in the middle. */
export function edgeStep(y: number, top: number, bottom: number): number {
  const above = top + EDGE_PX - y;
  const below = y - (bottom - EDGE_PX);
  const depth = above > 0 ? -above : Math.max(0, below);
  return Math.sign(depth) * Math.ceil(FASTEST_PX * Math.min(1, Math.abs(depth) / EDGE_PX));
}

/** Calls `onFrame` each frame until it is stopped, and scrolls while the pointer is near an edge. */
export function scrollAtEdges(scroller: HTMLElement, pointer: { y: number }, onFrame: () => void): () => void {
  let frame = requestAnimationFrame(function step() {
    const { top, bottom } = scroller.getBoundingClientRect();
    scroller.scrollTop += edgeStep(pointer.y, top, bottom);
    onFrame();
    frame = requestAnimationFrame(step);
  });
  return () => cancelAnimationFrame(frame);
}
