export const LOWEST = 50;
export const USUAL = 70;

export interface SearchAddress {
  source: string | undefined;
  minimum: number;
}

export function readSearch(params: URLSearchParams): SearchAddress {
  const minimum = Number(params.get("min") ?? USUAL);
  return { source: params.get("source") ?? undefined, minimum: Number.isFinite(minimum) ? Math.min(100, Math.max(LOWEST, minimum)) : USUAL };
}

export function writeSearch(params: URLSearchParams, { source, minimum }: SearchAddress): URLSearchParams {
  const next = new URLSearchParams(params);
  if (source) next.set("source", source);
  else next.delete("source");
  next.set("min", String(minimum));
  return next;
}
