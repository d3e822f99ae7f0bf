import { useCallback, useEffect, useState } from "react";
import { report } from "@/graphql/errors";
import type { Geometry } from "@/timeline/geometry";
import type { SectionBox } from "@/timeline/layout";
import type { GridModel } from "@/timeline/model";
import { isChosen as isChosenIn, sizeOf } from "./selection";
import { useSelection } from "./SelectionContext";

/** What is chosen in one list, and every way to choose in it. */
export function useGridSelection(model: GridModel, geometry: Geometry) {
  const { selection, dispatch } = useSelection();
  const list = model.name;
  const isSelecting = sizeOf(selection) > 0;
  const [sections, setSections] = useState<{ geometry: Geometry; ids: ReadonlyMap<string, readonly string[]> }>();
  const { total } = geometry;

  useEffect(() => dispatch({ type: "recount", list, total }), [dispatch, list, total]);

  const isChosen = useCallback((id: string) => isChosenIn(selection, id, list), [selection, list]);

  const toggle = useCallback((index: number) => {
    const media = model.itemAt(index);
    if (media) dispatch({ type: "toggle", id: media.id, index, list });
  }, [model, list, dispatch]);

  /** From where the last choice was made to here. */
  const extendTo = useCallback(async (index: number, from: number) => {
    const anchor = selection.anchor ?? from;
    if (selection.anchor === undefined) {
      const first = model.itemAt(from);
      if (first && !isChosenIn(selection, first.id, list)) dispatch({ type: "toggle", id: first.id, index: from, list });
    }
    const ids = await model.idsOf({ first: Math.min(anchor, index), last: Math.max(anchor, index) }).catch(report);
    if (ids) dispatch({ type: "range", ids, list });
  }, [model, selection, list, dispatch]);

  const selectSection = useCallback(async ({ section }: SectionBox, isWanted: boolean) => {
    const ids = await model.idsOf({ first: section.start, last: section.start + section.count - 1 }).catch(report);
    if (!ids) return;
    setSections((known) => ({ geometry, ids: new Map([...(known?.geometry === geometry ? known.ids : []), [section.key, ids]]) }));
    dispatch({ type: isWanted ? "add" : "remove", ids, list, index: section.start });
  }, [model, geometry, list, dispatch]);

  const isSectionChosen = ({ section }: SectionBox): boolean => {
    if (!isSelecting) return false;
    const known = (sections?.geometry === geometry ? sections.ids.get(section.key) : undefined) ?? loadedIds(model, section.start, section.count);
    return known !== undefined && known.every(isChosen);
  };

  const selectAll = useCallback(async () => {
    if (model.variables) {
      dispatch({ type: "everything", everything: { list, variables: model.variables, total } });
      return;
    }
    dispatch({ type: "add", ids: (await model.idsOf({ first: 0, last: total - 1 }).catch(report)) ?? [], list });
  }, [model, total, list, dispatch]);

  const clear = useCallback(() => dispatch({ type: "clear" }), [dispatch]);

  return { isSelecting, isChosen, toggle, extendTo, selectSection, isSectionChosen, selectAll, clear };
}

/** Undefined unless all of them have been loaded. */
function loadedIds(model: GridModel, start: number, count: number): string[] | undefined {
  const ids: string[] = [];
  for (let index = start; index < start + count; index++) {
    const media = model.itemAt(index);
    if (!media) return undefined;
    ids.push(media.id);
  }
  return ids;
}
