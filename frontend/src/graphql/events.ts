import { graphql, type ResultOf } from "./graphql";
import { TileMediaFragment } from "@/media/tileMedia";

/** Everything that can change in an item, so that normalisation alone updates every screen. */
export const LibraryEventsSubscription = graphql(
  `
    subscription LibraryEvents($after: String) {
      libraryEvents(after: $after) {
        __typename
        cursor
        ... on MediaAdded {
          media {
            id
          }
        }
        ... on MediaChanged {
          media {
            ...TileMedia
            originalDateSource
            processingError
            playbackState
            playbackUrl
            isSearchable
            trashedAt
            folders {
              id
              name
            }
          }
        }
        ... on MediaRemoved {
          ids
        }
        ... on FolderChanged {
          folder {
            id
            name
            sortOrder
            itemCount
          }
        }
        ... on FolderRemoved {
          id
        }
        ... on FoldersReordered {
          folders {
            id
            sortOrder
          }
        }
        ... on FolderContentsChanged {
          folder {
            id
            itemCount
          }
          added
          removed
        }
        ... on TagsChanged {
          tags {
            id
            name
            manualCount
            autoCount
          }
        }
      }
    }
  `,
  [TileMediaFragment],
);

export type LibraryEvent = ResultOf<typeof LibraryEventsSubscription>["libraryEvents"];
