import { lazy, Suspense } from "react";
import { useLocation } from "react-router";
import { texts } from "@/texts";
import { useSelection } from "./SelectionContext";

const SelectionActions = lazy(() => import("./SelectionActions").then((module) => ({ default: module.SelectionActions })));
const TrashSelection = lazy(() => import("@/trash/TrashSelection").then((module) => ({ default: module.TrashSelection })));

export function SelectionBar() {
  const isTrash = useLocation().pathname === "/trash";
  const { ids } = useSelection().selection;
  return (
    <div role="region" aria-label={texts.selection.bar}>
      <p role="status" className="sr-only">{ids.size > 0 && texts.selection.count(ids.size)}</p>
      {ids.size > 0 && <Suspense>{isTrash ? <TrashSelection /> : <SelectionActions />}</Suspense>}
    </div>
  );
}
