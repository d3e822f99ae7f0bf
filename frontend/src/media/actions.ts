import { useMemo } from "react";
import { toast } from "sonner";
import { type Client, type CombinedError, useClient } from "urql";
import { graphql } from "@/graphql/graphql";
import { messageOf } from "@/graphql/errors";
import { libraryChanges } from "@/live/changes";
import { texts } from "@/texts";

const SetFavoriteMutation = graphql(`
  mutation SetFavorite($ids: [ID!]!, $favorite: Boolean!) {
    setFavorite(ids: $ids, favorite: $favorite) {
      id
      isFavorite
    }
  }
`);

const TrashMutation = graphql(`
  mutation Trash($ids: [ID!]!) {
    deleteMedia(ids: $ids) {
      count
      ids
    }
  }
`);

const RestoreMutation = graphql(`
  mutation Restore($ids: [ID!]!) {
    restoreMedia(ids: $ids) {
      id
      trashedAt
    }
  }
`);

const TagMutation = graphql(`
  mutation Tag($ids: [ID!]!, $add: [String!], $remove: [String!]) {
    tagMedia(ids: $ids, add: $add, remove: $remove) {
      id
      tags {
        source
        confidence
        tag {
          id
          name
          manualCount
          autoCount
        }
      }
    }
  }
`);

const AddToFolderMutation = graphql(`
  mutation AddToFolder($folderId: ID!, $mediaIds: [ID!]!) {
    addToFolder(folderId: $folderId, mediaIds: $mediaIds) {
      id
      name
      itemCount
    }
  }
`);

const UNDO_MS = 8000;

/** Tells what failed; true when all went well. */
export function succeeded(error: CombinedError | undefined): boolean {
  if (error) toast.error(messageOf(error));
  return !error;
}

export interface MediaActions {
  setFavorite: (ids: string[], favorite: boolean) => Promise<boolean>;
  trash: (ids: string[]) => Promise<boolean>;
  tag: (ids: string[], change: { add?: string[]; remove?: string[] }) => Promise<boolean>;
  addToFolder: (folderId: string, mediaIds: string[]) => Promise<boolean>;
}

/** What can be done with items, from any screen. The live events would tell the lists too; this is sooner. */
export function useMediaActions(): MediaActions {
  const client = useClient();
  return useMemo(() => actionsWith(client), [client]);
}

function actionsWith(client: Client): MediaActions {
  async function restore(ids: string[]): Promise<void> {
    const { error } = await client.mutation(RestoreMutation, { ids });
    if (!succeeded(error)) return;
    libraryChanges.emit("members");
    toast.success(texts.viewer.restored);
  }
  return {
    async setFavorite(ids, favorite) {
      const { error } = await client.mutation(SetFavoriteMutation, { ids, favorite });
      libraryChanges.emit("items");
      return succeeded(error);
    },
    async trash(ids) {
      const { data, error } = await client.mutation(TrashMutation, { ids });
      if (!data) return succeeded(error);
      libraryChanges.emit("members");
      toast(texts.viewer.trashed(data.deleteMedia.count), {
        duration: UNDO_MS,
        action: { label: texts.undo, onClick: () => void restore(data.deleteMedia.ids) },
      });
      return true;
    },
    async tag(ids, change) {
      const { error } = await client.mutation(TagMutation, { ids, ...change });
      libraryChanges.emit("items");
      return succeeded(error);
    },
    async addToFolder(folderId, mediaIds) {
      const { data, error } = await client.mutation(AddToFolderMutation, { folderId, mediaIds });
      libraryChanges.emit("members");
      if (data) toast.success(texts.folders.added(data.addToFolder.name));
      return succeeded(error);
    },
  };
}
