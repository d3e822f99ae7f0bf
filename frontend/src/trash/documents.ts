import { useMemo } from "react";
import { toast } from "sonner";
import { type Client, useClient } from "urql";
import { succeeded } from "@/graphql/errors";
import { graphql } from "@/graphql/graphql";
import { tellLists } from "@/live/changes";
import { inBatches } from "@/media/batches";
import { hiding } from "@/media/leaving";
import { RestoreMutation } from "@/media/mutations";
import { texts } from "@/texts";

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

async function told(isDone: Promise<boolean>, message: string): Promise<boolean> {
  const done = await isDone;
  if (done) toast.success(message);
  return done;
}

function actionsWith(client: Client): TrashActions {
  const leaving = (ids: string[], mutation: typeof RestoreMutation | typeof DeleteForGoodMutation) => hiding(ids, tellLists(inBatches(ids, (batch) => client.mutation(mutation, { ids: batch }))));
  return {
    restore: (ids) => told(leaving(ids, RestoreMutation), texts.trash.restored(ids.length)),
    deleteForGood: (ids) => told(leaving(ids, DeleteForGoodMutation), texts.trash.deleted(ids.length)),
    async empty() {
      const { data, error } = await tellLists(client.mutation(EmptyTrashMutation, {}).toPromise());
      if (data) toast.success(texts.trash.deleted(data.emptyTrash.count));
      return succeeded(error);
    },
  };
}
