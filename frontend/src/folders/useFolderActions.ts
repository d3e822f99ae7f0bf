import { toast } from "sonner";
import { useMutation } from "urql";
import { messageOf, report } from "@/graphql/errors";
import { useMediaActions } from "@/media/actions";
import { idsOfAll } from "@/media/ids";
import { offerUndo } from "@/media/undo";
import { texts } from "@/texts";
import { CreateFolderMutation, DeleteFolderMutation, type FolderSummary, RenameFolderMutation, ReorderFoldersMutation } from "./documents";

/** What can be done with folders, wherever they are shown. */
export function useFolderActions(folders: readonly FolderSummary[] | undefined) {
  const [, renameFolder] = useMutation(RenameFolderMutation);
  const [, deleteFolder] = useMutation(DeleteFolderMutation);
  const [, createFolder] = useMutation(CreateFolderMutation);
  const [, reorderFolders] = useMutation(ReorderFoldersMutation);
  const { addToFolder } = useMediaActions();
  const order = folders?.map(({ id }) => id) ?? [];

  const reorder = async (ids: string[]) => {
    const { error } = await reorderFolders({ ids });
    if (error) toast.error(messageOf(error));
  };

  return {
    create: (name: string) => createFolder({ name }),
    rename: async (id: string, name: string) => (await renameFolder({ id, name })).error,
    /** By so many places, down where positive. */
    move: (id: string, by: number) => reorder(movedTo(order, id, order.indexOf(id) + by)),
    moveTo: (id: string, place: number) => reorder(movedTo(order, id, place)),
    /** Whether it is gone. Undo makes it anew, with what was in it. */
    remove: async ({ id, name }: { id: string; name: string }): Promise<boolean> => {
      const media = await idsOfAll({ filter: { folderId: id } }).catch(report);
      if (!media) return false;
      const place = order.indexOf(id);
      const { error } = await deleteFolder({ id });
      if (error) {
        toast.error(messageOf(error));
        return false;
      }
      offerUndo(texts.folders.deleted(name), async () => {
        const { data, error: failure } = await createFolder({ name });
        if (failure) toast.error(messageOf(failure));
        if (!data) return;
        await reorderFolders({ ids: movedTo([...order.filter((other) => other !== id), data.createFolder.id], data.createFolder.id, place) });
        if (media.length > 0) await addToFolder(data.createFolder, media);
        else toast.success(texts.folders.restored(name));
      });
      return true;
    },
  };
}

/** The list with one of its elements at another place. */
export function movedTo<Item>(list: readonly Item[], item: Item, place: number): Item[] {
  const others = list.filter((other) => other !== item);
  return others.toSpliced(Math.max(0, Math.min(place, others.length)), 0, item);
}
