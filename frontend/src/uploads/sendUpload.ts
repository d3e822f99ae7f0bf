import type { Client } from "urql";
import { codeOf, inWords, messageOf } from "@/graphql/errors";
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
        code
        message
      }
    }
  }
`);

export type UploadResult = ResultOf<typeof UploadMutation>["uploadMedia"][number];

/** What the file itself is to blame for stays as it is, however often it is sent. */
const HOPELESS = new Set(["UNSUPPORTED_MEDIA", "PAYLOAD_TOO_LARGE", "BAD_USER_INPUT", "NOT_FOUND", "CONFLICT"]);

const rejected = (message: string, code: string | undefined): UploadState => ({ type: "rejected", message, canRetry: code === undefined || !HOPELESS.has(code) });

export function outcomeOf(result: UploadResult): UploadState {
  switch (result.__typename) {
    case "UploadedMedia":
      return { type: "added", mediaId: result.media.id };
    case "DuplicateMedia":
      return { type: "duplicate", mediaId: result.existing.id };
    case "RejectedUpload":
      return rejected(inWords(result.code, result.message), result.code);
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
      else if (error) onChange(rejected(messageOf(error), codeOf(error)));
    });
  return unsubscribe;
}
