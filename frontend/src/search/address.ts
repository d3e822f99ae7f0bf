export const LOWEST = 50;
export const USUAL = 70;

export interface SearchAddress {
  source: string | undefined;
  /** What is to be seen, in words, instead of a source. */
  text: string | undefined;
  minimum: number;
}

export function readSearch(params: URLSearchParams): SearchAddress {
  const minimum = Number(params.get("min") ?? USUAL);
  return { source: params.get("source") ?? undefined, text: params.get("text") ?? undefined, minimum: Number.isFinite(minimum) ? Math.min(100, Math.max(LOWEST, minimum)) : USUAL };
}

export function writeSearch(params: URLSearchParams, { source, text, minimum }: SearchAddress): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries({ source, text })) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  next.set("min", String(minimum));
  return next;
}
