import { type FragmentOf, graphql } from "@/graphql/graphql";
import { TileMediaFragment } from "@/media/tileMedia";

const GroupFragment = graphql(
  `
    fragment Group on MediaGroup @_unmask {
      id
      size
      best {
        id
      }
      shown: media(first: 24) {
        ...TileMedia
        sizeBytes
      }
      members: media(first: 200) {
        id
      }
    }
  `,
  [TileMediaFragment],
);

export type Group = FragmentOf<typeof GroupFragment>;
export type GroupItem = Group["shown"][number];

export const SimilarGroupsQuery = graphql(
  `
    query SimilarGroups($minSimilarity: Float!, $first: Int!, $after: String) {
      similarGroups(minSimilarity: $minSimilarity, first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...Group
        }
      }
    }
  `,
  [GroupFragment],
);

export const DuplicateGroupsQuery = graphql(
  `
    query DuplicateGroups($first: Int!, $after: String) {
      duplicateGroups(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          ...Group
        }
      }
    }
  `,
  [GroupFragment],
);
