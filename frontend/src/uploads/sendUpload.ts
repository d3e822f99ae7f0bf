import type { Client } from "urql";
import { messageOf } from "@/graphql/errors";
import { graphql, type ResultOf } from "@/graphql/graphql";
import { progressFetch } from "./progressFetch";
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

type UploadResult = ResultOf<typeof UploadMutation>["uploadMedia"][number];

function outcomeOf(result: UploadResult): UploadState {
  switch (result.__typename) {
    case "UploadedMedia":
      return { type: "added", mediaId: result.media.id };
    case "DuplicateMedia":
      return { type: "duplicate", mediaId: result.existing.id };
    case "RejectedUpload":
      return { type: "rejected", message: result.message };
  }
}

/** More often than this, progress costs more than it tells. */
const PROGRESS_MS = 200;

/** Sends one file; returns how to stop it. */
export function sendUpload(client: Client, { file, folderId }: Upload, onChange: (state: UploadState) => void): () => void {
  let reportedAt = 0;
  const fetchWithProgress = progressFetch((sent, total) => {
    const now = performance.now();
    if (sent < total && now - reportedAt < PROGRESS_MS) return;
    reportedAt = now;
    onChange({ type: "sending", sent, total });
  });
  const { unsubscribe } = client
    .mutation(UploadMutation, { files: [file], folderId: folderId ?? null }, { fetch: fetchWithProgress })
    .subscribe(({ data, error }) => {
      const result = data?.uploadMedia[0];
      if (result) onChange(outcomeOf(result));
      else if (error) onChange({ type: "rejected", message: messageOf(error) });
    });
  return unsubscribe;
}
