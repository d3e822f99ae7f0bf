import { graphql } from "@/graphql/graphql";

export const SetFavoriteMutation = graphql(`
  mutation SetFavorite($ids: [ID!]!, $favorite: Boolean!) {
    setFavorite(ids: $ids, favorite: $favorite) {
      id
      isFavorite
    }
  }
`);

export const SetOriginalDateMutation = graphql(`
  mutation SetOriginalDate($ids: [ID!]!, $originalDate: DateTime!) {
    setOriginalDate(ids: $ids, originalDate: $originalDate) {
      id
      originalDate
      originalDateSource
    }
  }
`);

export const TrashMutation = graphql(`
  mutation Trash($ids: [ID!]!) {
    deleteMedia(ids: $ids) {
      count
      ids
    }
  }
`);

export const RestoreMutation = graphql(`
  mutation Restore($ids: [ID!]!) {
    restoreMedia(ids: $ids) {
      id
      trashedAt
    }
  }
`);

export const TagMutation = graphql(`
  mutation Tag($ids: [ID!]!, $add: [String!], $remove: [String!]) {
    tagMedia(ids: $ids, add: $add, remove: $remove) {
      id
      tags {
        source
        confidence
        tag {
          id
          name
        }
      }
    }
  }
`);

export const AddToFolderMutation = graphql(`
  mutation AddToFolder($folderId: ID!, $mediaIds: [ID!]!) {
    addToFolder(folderId: $folderId, mediaIds: $mediaIds) {
      id
      name
      itemCount
    }
  }
`);

export const RemoveFromFolderMutation = graphql(`
  mutation RemoveFromFolder($folderId: ID!, $mediaIds: [ID!]!) {
    removeFromFolder(folderId: $folderId, mediaIds: $mediaIds) {
      id
      name
      itemCount
    }
  }
`);
