import type { Client } from "urql";
import { messageOf } from "@/graphql/errors";
import { graphql, type ResultOf } from "@/graphql/graphql";
import { progressFetch, throttled } from "./progressFetch";
import type { Upload, UploadState } from "./queue";

const UploadMutation = graphql(`
  mutation Upload($files: [Upload!]!, $folderId: ID) {
    uploadMedia(files: $files, folderId: $folderId) {
      __typename
      ... on UploadedMedia {
        media {
          id
        }
      }
      ... on DuplicateMedia {
        existing {
          id
        }
      }
      ... on RejectedUpload {
        message
      }
    }
  }
`);

export type UploadResult = ResultOf<typeof UploadMutation>["uploadMedia"][number];

export function outcomeOf(result: UploadResult): UploadState {
  switch (result.__typename) {
    case "UploadedMedia":
      return { type: "added", mediaId: result.media.id };
    case "DuplicateMedia":
      return { type: "duplicate", mediaId: result.existing.id };
    case "RejectedUpload":
      return { type: "rejected", message: result.message };
  }
}

/** Sends one file; returns how to stop it. */
export function sendUpload(client: Client, { file, folderId }: Upload, onChange: (state: UploadState) => void): () => void {
  const fetchWithProgress = progressFetch(throttled((sent, total) => onChange({ type: "sending", sent, total })));
  const { unsubscribe } = client
    .mutation(UploadMutation, { files: [file], folderId: folderId ?? null }, { fetch: fetchWithProgress })
    .subscribe(({ data, error }) => {
      const result = data?.uploadMedia[0];
      if (result) onChange(outcomeOf(result));
      else if (error) onChange({ type: "rejected", message: messageOf(error) });
    });
  return unsubscribe;
}
