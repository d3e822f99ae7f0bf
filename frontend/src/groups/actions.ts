import { useMemo } from "react";
import { type Client, useClient } from "urql";
import { succeeded } from "@/graphql/errors";
import { tellLists } from "@/live/changes";
import { hiding, unhide } from "@/media/leaving";
import { offerUndo, undoable } from "@/media/undo";
import { texts } from "@/texts";
import { type Group, MarkNotSameMutation, ResolveDuplicatesMutation, UndoResolutionMutation } from "./documents";

export interface CopyActions {
  /** One copy stays, with the tags, folders and heart of the others, which go to the trash. */
  keep: (group: Group, kept: string) => Promise<boolean>;
  markNotSame: (group: Group) => Promise<boolean>;
}

/** What can be done with copies of one picture. */
export function useCopyActions(): CopyActions {
  const client = useClient();
  return useMemo(() => actionsWith(client), [client]);
}

async function comesBack(group: Group, isDone: Promise<boolean>): Promise<void> {
  if (await tellLists(isDone)) unhide([group.id]);
}

function actionsWith(client: Client): CopyActions {
  const takeBack = async (id: string) => succeeded((await client.mutation(UndoResolutionMutation, { id })).error);
  const mark = async (ids: string[], notSame: boolean) => succeeded((await client.mutation(MarkNotSameMutation, { ids, notSame })).error);

  const keep: CopyActions["keep"] = async (group, kept) => {
    const { data, error } = await client.mutation(ResolveDuplicatesMutation, { groupId: group.id, keep: kept });
    if (data) offerUndo(texts.viewer.trashed(group.size - 1), () => comesBack(group, takeBack(data.resolveDuplicates.id)));
    return succeeded(error);
  };
  const markNotSame: CopyActions["markNotSame"] = async (group) => {
    const ids = group.members.map(({ id }) => id);
    if (!(await mark(ids, true))) return false;
    offerUndo(texts.duplicates.marked, () => comesBack(group, mark(ids, false)));
    return true;
  };
  return {
    keep: (group, kept) => undoable(hiding([group.id], tellLists(keep(group, kept)))),
    markNotSame: (group) => undoable(hiding([group.id], tellLists(markNotSame(group)))),
  };
}
