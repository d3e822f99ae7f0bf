import { useMemo } from "react";
import { toast } from "sonner";
import { type Client, useClient } from "urql";
import { graphql } from "@/graphql/graphql";
import { libraryChanges } from "@/live/changes";
import { succeeded } from "@/graphql/errors";
import { texts } from "@/texts";

const RestoreFromTrashMutation = graphql(`
  mutation RestoreFromTrash($ids: [ID!]!) {
    restoreMedia(ids: $ids) {
      id
      trashedAt
    }
  }
`);

const DeleteForGoodMutation = graphql(`
  mutation DeleteForGood($ids: [ID!]!) {
    deleteMedia(ids: $ids, permanently: true) {
      count
    }
  }
`);

const EmptyTrashMutation = graphql(`
  mutation EmptyTrash {
    emptyTrash {
      count
    }
  }
`);

export interface TrashActions {
  restore: (ids: string[]) => Promise<boolean>;
  deleteForGood: (ids: string[]) => Promise<boolean>;
  empty: () => Promise<boolean>;
}

export function useTrashActions(): TrashActions {
  const client = useClient();
  return useMemo(() => actionsWith(client), [client]);
}

function told(message: string): true {
  libraryChanges.emit("members");
  toast.success(message);
  return true;
}

function actionsWith(client: Client): TrashActions {
  return {
    async restore(ids) {
      const { data, error } = await client.mutation(RestoreFromTrashMutation, { ids });
      return data ? told(texts.trash.restored(data.restoreMedia.length)) : succeeded(error);
    },
    async deleteForGood(ids) {
      const { data, error } = await client.mutation(DeleteForGoodMutation, { ids });
      return data ? told(texts.trash.deleted(data.deleteMedia.count)) : succeeded(error);
    },
    async empty() {
      const { data, error } = await client.mutation(EmptyTrashMutation, {});
      return data ? told(texts.trash.deleted(data.emptyTrash.count)) : succeeded(error);
    },
  };
}
