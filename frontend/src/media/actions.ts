import { useMemo } from "react";
import { toast } from "sonner";
import { type Client, useClient } from "urql";
import { report, succeeded } from "@/graphql/errors";
import { tellLists } from "@/live/changes";
import { texts } from "@/texts";
import { inBatches } from "./batches";
import { formatDate } from "./format";
import { idsOfAll } from "./ids";
import { hiding, unhide } from "./leaving";
import { AddToFolderMutation, RemoveFromFolderMutation, RestoreMutation, SetFavoriteMutation, SetOriginalDateMutation, TagMutation, TrashMutation } from "./mutations";
import { offerUndo, undoable } from "./undo";

type Ids = readonly string[];
export interface Named {
  id: string;
  name: string;
}

/** Each resolves to whether all of it was done; what failed has then been told and rolled back. */
export interface MediaActions {
  setFavorite: (ids: Ids, favorite: boolean) => Promise<boolean>;
  setOriginalDate: (media: { id: string; originalDate: string }, originalDate: string) => Promise<boolean>;
  trash: (ids: Ids) => Promise<boolean>;
  tag: (ids: Ids, change: { add?: string[]; remove?: string[] }) => Promise<boolean>;
  addToFolder: (folder: Named, ids: Ids) => Promise<boolean>;
  removeFromFolder: (folder: Named, ids: Ids) => Promise<boolean>;
  moveToFolder: (from: Named, to: Named, ids: Ids) => Promise<boolean>;
}

/** What can be done with items, from any screen. */
export function useMediaActions(): MediaActions {
  const client = useClient();
  return useMemo(() => actionsWith(client), [client]);
}

/** Those that a filter does not find yet: what an undo has to take back. */
async function without(ids: Ids, filter: { tags?: string[]; folderId?: string }): Promise<string[] | undefined> {
  const found = await idsOfAll({ filter }).catch(report);
  const known = new Set(found);
  return found && ids.filter((id) => !known.has(id));
}

function actionsWith(client: Client): MediaActions {
  const restore = async (ids: Ids) => {
    unhide(ids);
    if (await tellLists(inBatches(ids, (batch) => client.mutation(RestoreMutation, { ids: batch })))) toast.success(texts.viewer.restored);
  };
  const change = (ids: Ids, names: { add?: string[]; remove?: string[] }) => tellLists(inBatches(ids, (batch) => client.mutation(TagMutation, { ids: batch, ...names })), "items");
  const put = (folderId: string, ids: Ids) => tellLists(inBatches(ids, (mediaIds) => client.mutation(AddToFolderMutation, { folderId, mediaIds })));
  const take = (folderId: string, ids: Ids) => tellLists(inBatches(ids, (mediaIds) => client.mutation(RemoveFromFolderMutation, { folderId, mediaIds })));

  const date = async (id: string, originalDate: string) => succeeded((await tellLists(client.mutation(SetOriginalDateMutation, { ids: [id], originalDate }).toPromise())).error);

  const actions: MediaActions = {
    setFavorite: (ids, favorite) => tellLists(inBatches(ids, (batch) => client.mutation(SetFavoriteMutation, { ids: batch, favorite })), "items"),
    async setOriginalDate({ id, originalDate: before }, originalDate) {
      if (!(await date(id, originalDate))) return false;
      offerUndo(texts.actions.dated(formatDate(originalDate)), async () => void (await date(id, before)));
      return true;
    },
    async trash(ids) {
      const trashed: string[] = [];
      const isDone = await hiding(ids, tellLists(inBatches(ids, async (batch) => {
        const { data, error } = await client.mutation(TrashMutation, { ids: batch });
        trashed.push(...(data?.deleteMedia.ids ?? []));
        return { error };
      })));
      if (trashed.length > 0) offerUndo(texts.viewer.trashed(trashed.length), () => restore(trashed));
      return isDone;
    },
    async tag(ids, { add = [], remove = [] }) {
      const [name] = [...add, ...remove];
      const affected = name === undefined ? [] : await without(ids, { tags: [name] });
      if (!affected || !(await change(ids, { add, remove })) || name === undefined) return false;
      if (add.length > 0) offerUndo(texts.actions.tagged(name, ids.length), async () => void (await change(affected, { remove: add })));
      else {
        const had = ids.filter((id) => !affected.includes(id));
        offerUndo(texts.actions.untagged(name, ids.length), async () => void (await change(had, { add: remove })));
      }
      return true;
    },
    async addToFolder({ id, name }, ids) {
      const added = await without(ids, { folderId: id });
      if (!added) return false;
      if (added.length === 0) {
        toast(texts.folders.alreadyIn(name, ids.length));
        return true;
      }
      if (!(await put(id, ids))) return false;
      offerUndo(texts.folders.added(name, added.length), async () => void (await take(id, added)));
      return true;
    },
    async removeFromFolder({ id, name }, ids) {
      if (!(await hiding(ids, take(id, ids)))) return false;
      offerUndo(texts.folders.removed(name, ids.length), async () => {
        unhide(ids);
        await put(id, ids);
      });
      return true;
    },
    async moveToFolder(from, to, ids) {
      const added = await without(ids, { folderId: to.id });
      if (!added || !(await hiding(ids, put(to.id, ids).then((isDone) => isDone && take(from.id, ids))))) return false;
      offerUndo(texts.folders.moved(to.name, ids.length), async () => {
        unhide(ids);
        if (await put(from.id, ids)) await take(to.id, added);
      });
      return true;
    },
  };
  return {
    ...actions,
    setOriginalDate: (media, originalDate) => undoable(actions.setOriginalDate(media, originalDate)),
    trash: (ids) => undoable(actions.trash(ids)),
    tag: (ids, names) => undoable(actions.tag(ids, names)),
    addToFolder: (folder, ids) => undoable(actions.addToFolder(folder, ids)),
    removeFromFolder: (folder, ids) => undoable(actions.removeFromFolder(folder, ids)),
    moveToFolder: (from, to, ids) => undoable(actions.moveToFolder(from, to, ids)),
  };
}
