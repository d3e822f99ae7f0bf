export interface TagOption {
  name: string;
  isNew: boolean;
}

const SHOWN = 8;
const same = (a: string, b: string) => a.localeCompare(b, undefined, { sensitivity: "accent" }) === 0;

/** Known names first, those that start with what was typed leading; last the typed name itself, if it is new. */
export function optionsFor(names: readonly string[], text: string, taken: readonly string[]): TagOption[] {
  const typed = text.trim();
  const starts = (name: string) => name.toLowerCase().startsWith(typed.toLowerCase());
  const known = names
    .filter((name) => !taken.includes(name) && name.toLowerCase().includes(typed.toLowerCase()))
    .toSorted((a, b) => Number(starts(b)) - Number(starts(a)))
    .slice(0, SHOWN)
    .map((name) => ({ name, isNew: false }));
  const isKnown = [...names, ...taken].some((name) => same(name, typed));
  return typed && !isKnown ? [...known, { name: typed, isNew: true }] : known;
}
