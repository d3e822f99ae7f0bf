/**
 * Lets images start loading a few per frame. Decoding dozens at once is what makes scrolling
 * stutter, so none start during a fling, one in a late frame, and several when there is time.
 */
const PER_FRAME = 8;
const LATE_FRAME_MS = 24;
const FLING_PX_PER_MS = 3;
/** Faster than this, each row is seen for a frame or two: not worth more than its colours. */
const BLUR_PX_PER_MS = 12;
/** A jump is one step, however long: what it leads to is to be looked at. */
const JUMP_GAP_MS = 100;

export function admittedPerFrame(frameMs: number, speed: number): number {
  if (speed > FLING_PX_PER_MS) return 0;
  return frameMs > LATE_FRAME_MS ? 1 : PER_FRAME;
}

type Start = () => void;

export class AdmissionQueue {
  private readonly waiting = new Set<Start>();
  private frame: number | undefined;
  private lastFrameAt = 0;
  private speed = 0;
  private scrolledAt = 0;
  private scrollTop = 0;

  /** Returns how to give the place up, for a tile that leaves before its turn. */
  request(start: Start): () => void {
    this.waiting.add(start);
    this.schedule();
    return () => this.waiting.delete(start);
  }

  scrolled(scrollTop: number, now = performance.now()): void {
    const elapsed = Math.max(1, now - this.scrolledAt);
    this.speed = elapsed > JUMP_GAP_MS ? 0 : Math.abs(scrollTop - this.scrollTop) / elapsed;
    this.scrollTop = scrollTop;
    this.scrolledAt = now;
  }

  get isFling(): boolean {
    return this.speed > BLUR_PX_PER_MS;
  }

  private schedule(): void {
    if (this.frame !== undefined) return;
    this.lastFrameAt = performance.now();
    this.frame = requestAnimationFrame((now) => this.admit(now));
  }

  private admit(now: number): void {
    this.frame = undefined;
    const isMoving = now - this.scrolledAt < 80;
    let left = admittedPerFrame(now - this.lastFrameAt, isMoving ? this.speed : 0);
    for (const start of this.waiting) {
      if (left-- <= 0) break;
      this.waiting.delete(start);
      start();
    }
    if (this.waiting.size > 0) this.schedule();
  }
}
