import { createContext, type Dispatch, type ReactNode, use, useMemo, useReducer } from "react";
import { nothing, type Selection, type SelectionAction, selectionReducer } from "./selection";

const SelectionContext = createContext<{ selection: Selection; dispatch: Dispatch<SelectionAction> } | null>(null);

export function SelectionProvider({ children }: { children: ReactNode }) {
  const [selection, dispatch] = useReducer(selectionReducer, nothing);
  const value = useMemo(() => ({ selection, dispatch }), [selection]);
  return <SelectionContext value={value}>{children}</SelectionContext>;
}

export function useSelection() {
  const value = use(SelectionContext);
  if (!value) throw new Error("useSelection needs a SelectionProvider");
  return value;
}
