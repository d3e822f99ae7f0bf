import { lazy, Suspense } from "react";
import { texts } from "@/texts/en";
import { useSelection } from "./SelectionContext";

const SelectionActions = lazy(() => import("./SelectionActions").then((module) => ({ default: module.SelectionActions })));

export function SelectionBar() {
  const { ids } = useSelection().selection;
  return (
    <div role="region" aria-label={texts.selection.bar}>
      <p role="status" className="sr-only">{ids.size > 0 && texts.selection.count(ids.size)}</p>
      {ids.size > 0 && <Suspense><SelectionActions /></Suspense>}
    </div>
  );
}
