import { countOf } from "@/media/ids";
import type { TimelineVariables } from "./snapshot";

const DAY_MS = 86_400_000;

/**
 * Where a list ordered by date has the moment, exactly, by counting what lies before it; undefined for
 * another order. Newest first, it is the last item that is not older; oldest first, the first that is not earlier.
 */
export async function indexOfMoment(variables: TimelineVariables, moment: string): Promise<number | undefined> {
  const direction = dateDirection(variables);
  if (!direction) return undefined;
  const bound = direction === "DESC" ? { takenFrom: moment } : { takenTo: moment };
  return (await countOf({ ...variables.filter, ...bound })) - 1;
}

/** The first item of a day in the list's order or, where the day has none, the next one. `day` is YYYY-MM-DD. */
export async function indexOfDay(variables: TimelineVariables, day: string): Promise<number | undefined> {
  const direction = dateDirection(variables);
  if (!direction) return undefined;
  const start = Date.parse(`${day}T00:00:00Z`);
  // What the list has before the day: what was taken after its end or, oldest first, before its start.
  const bound = direction === "DESC" ? { takenFrom: new Date(start + DAY_MS).toISOString() } : { takenTo: new Date(start - 1).toISOString() };
  return countOf({ ...variables.filter, ...bound });
}

export function dateDirection({ sort }: TimelineVariables): "ASC" | "DESC" | undefined {
  if (!sort) return "DESC";
  return sort.field === "DATE" ? (sort.direction ?? "DESC") : undefined;
}
