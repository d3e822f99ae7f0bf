/** What the server keeps things in the trash for. */
export const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** Whole days until an item is removed for good; 0 on its last day. */
export function daysLeft(trashedAt: string, now = Date.now()): number {
  return Math.max(0, Math.floor((Date.parse(trashedAt) + KEPT_DAYS * DAY_MS - now) / DAY_MS));
}
