import type { Linkage } from "./documents";

export const LOWEST = 50;
export const HIGHEST = 99;
const USUAL = 85;

/** From wide groups, in which each is like some other, to tight ones, in which all are like all. */
export const LINKAGES = ["SINGLE", "AVERAGE", "COMPLETE"] as const satisfies readonly Linkage[];

export interface GroupsAddress {
  minimum: number;
  linkage: Linkage;
  folderId: string | undefined;
}

export function readAddress(params: URLSearchParams): GroupsAddress {
  const given = Number(params.get("min") ?? USUAL);
  return {
    minimum: Number.isFinite(given) ? Math.min(HIGHEST, Math.max(LOWEST, given)) : USUAL,
    linkage: LINKAGES.find((linkage) => linkage.toLowerCase() === params.get("linkage")) ?? "SINGLE",
    folderId: params.get("folder") ?? undefined,
  };
}

export function writeAddress({ minimum, linkage, folderId }: GroupsAddress): URLSearchParams {
  return new URLSearchParams({
    min: String(minimum),
    ...(linkage !== "SINGLE" && { linkage: linkage.toLowerCase() }),
    ...(folderId !== undefined && { folder: folderId }),
  });
}
