import { graphql, type ResultOf } from "@/graphql/graphql";
import { TileMediaFragment } from "@/media/tileMedia";

export const TagQuery = graphql(`
  query TagByName($name: String!) {
    tag(name: $name) {
      id
      name
      manualCount
      autoCount
      rejectedCount
      model {
        version
        trainedAt
        positives
        negatives
        averagePrecision
        precision
        recall
        isStale
      }
    }
  }
`);

export type TagDetails = NonNullable<ResultOf<typeof TagQuery>["tag"]>;

export const ReviewQueueQuery = graphql(
  `
    query ReviewQueue($name: String!, $first: Int!) {
      tag(name: $name) {
        id
        reviewQueue(first: $first) {
          confidence
          media {
            ...TileMedia
          }
          because {
            id
            originalFilename
            squareUrl: thumbnailUrl(size: SQUARE)
          }
        }
      }
    }
  `,
  [TileMediaFragment],
);

export type Suggestion = NonNullable<ResultOf<typeof ReviewQueueQuery>["tag"]>["reviewQueue"][number];

export const ReviewTagMutation = graphql(`
  mutation ReviewTag($id: ID!, $confirm: [ID!], $reject: [ID!]) {
    reviewTag(id: $id, confirm: $confirm, reject: $reject) {
      id
      manualCount
      autoCount
      rejectedCount
      model {
        version
        isStale
      }
    }
  }
`);

export const RenameTagMutation = graphql(`
  mutation RenameTag($id: ID!, $name: String!) {
    renameTag(id: $id, name: $name) {
      id
      name
    }
  }
`);

export const MergeTagsMutation = graphql(`
  mutation MergeTags($ids: [ID!]!, $into: String!) {
    mergeTags(ids: $ids, into: $into) {
      id
      name
      manualCount
      autoCount
    }
  }
`);

export const DeleteTagMutation = graphql(`
  mutation DeleteTag($id: ID!) {
    deleteTag(id: $id) {
      ids
    }
  }
`);
