/** What a field for date and time shows. Cameras tell the clock on the wall, which the server keeps as UTC. */
export const clockOf = (iso: string): string => new Date(iso).toISOString().slice(0, 19);

/** The moment that such a field means; undefined for one that is not filled in. */
export function momentOf(clock: string): string | undefined {
  const moment = new Date(`${clock}Z`);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}
