/** Chosen items by id, and where a range would start. */
export interface Selection {
  ids: ReadonlySet<string>;
  anchor: number | undefined;
}

export type SelectionAction =
  | { type: "toggle"; id: string; index: number }
  | { type: "add"; ids: readonly string[]; index: number }
  | { type: "clear" };

export const nothing: Selection = { ids: new Set(), anchor: undefined };

export function selectionReducer(selection: Selection, action: SelectionAction): Selection {
  switch (action.type) {
    case "toggle": {
      const ids = new Set(selection.ids);
      if (!ids.delete(action.id)) ids.add(action.id);
      return { ids, anchor: action.index };
    }
    case "add":
      return { ids: new Set([...selection.ids, ...action.ids]), anchor: action.index };
    case "clear":
      return nothing;
  }
}
