/** Something the palette leads to. */
export interface Choice {
  key: string;
  group: string;
  label: string;
  run: () => void;
}

const SHOWN = 12;

/** How well a label answers what was typed: 0 starts with it, 1 a word of it does, 2 it is somewhere inside; undefined not at all. */
export function rankOf(label: string, text: string): number | undefined {
  const where = label.toLowerCase().indexOf(text.toLowerCase());
  if (where < 0) return undefined;
  if (where === 0) return 0;
  return label[where - 1] === " " ? 1 : 2;
}

/** The best of what was typed, each group kept together and in its order. */
export function choicesFor<Item extends Pick<Choice, "group" | "label">>(all: readonly Item[], text: string): Item[] {
  const groups = [...new Set(all.map(({ group }) => group))];
  return all
    .flatMap((choice) => {
      const rank = rankOf(choice.label, text.trim());
      return rank === undefined ? [] : [{ choice, rank }];
    })
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, SHOWN)
    .map(({ choice }) => choice)
    .toSorted((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
}
