import type { TimelineVariables } from "@/timeline/snapshot";

/** All items that a list finds on the server, whether they have been loaded or not. */
export interface Everything {
  /** The list's name: in it, every tile is chosen but for the exceptions. */
  list: string;
  variables: TimelineVariables;
  total: number;
}

/** Chosen items, and where a range would start. */
export interface Selection {
  ids: ReadonlySet<string>;
  everything: Everything | undefined;
  /** Items of `everything` that are not meant. */
  except: ReadonlySet<string>;
  anchor: number | undefined;
  /** What was chosen before the range that is being drawn: a range that shrinks gives back what it took. */
  base: ReadonlySet<string>;
}

export type SelectionAction =
  | { type: "toggle"; id: string; index: number; list: string }
  | { type: "add" | "remove"; ids: readonly string[]; list: string; index?: number }
  /** From the anchor to where the user is now. */
  | { type: "range"; ids: readonly string[]; list: string }
  | { type: "become"; selection: Selection }
  | { type: "everything"; everything: Everything }
  | { type: "recount"; list: string; total: number }
  | { type: "clear" };

const none: ReadonlySet<string> = new Set();
export const nothing: Selection = { ids: none, everything: undefined, except: none, anchor: undefined, base: none };

export const sizeOf = ({ ids, everything, except }: Selection): number => ids.size + (everything ? Math.max(0, everything.total - except.size) : 0);

export function isChosen({ ids, everything, except }: Selection, id: string, list: string): boolean {
  return everything?.list === list ? !except.has(id) : ids.has(id);
}

export function selectionReducer(selection: Selection, action: SelectionAction): Selection {
  switch (action.type) {
    case "toggle": {
      const next = changed(selection, [action.id], !isChosen(selection, action.id, action.list), action.list);
      return { ...next, anchor: action.index, base: next.ids };
    }
    case "add":
    case "remove": {
      const next = changed(selection, action.ids, action.type === "add", action.list);
      return { ...next, anchor: action.index ?? selection.anchor, base: next.ids };
    }
    case "range":
      return changed(selection.everything ? selection : { ...selection, ids: selection.base }, action.ids, true, action.list);
    case "become":
      return action.selection;
    case "everything":
      return { ...nothing, everything: action.everything };
    case "recount": {
      const { everything } = selection;
      if (everything?.list !== action.list || everything.total === action.total) return selection;
      return { ...selection, everything: { ...everything, total: action.total } };
    }
    case "clear":
      return nothing;
  }
}

function changed(selection: Selection, ids: readonly string[], isWanted: boolean, list: string): Selection {
  const isException = selection.everything?.list === list;
  const next = new Set(isException ? selection.except : selection.ids);
  for (const id of ids) {
    if (isWanted === isException) next.delete(id);
    else next.add(id);
  }
  const changes = isException ? { except: next } : { ids: next };
  const result = { ...selection, ...changes };
  return sizeOf(result) === 0 ? { ...nothing, anchor: result.anchor } : result;
}
