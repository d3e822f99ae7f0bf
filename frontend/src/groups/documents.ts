import { type FragmentOf, graphql, type VariablesOf } from "@/graphql/graphql";
import { TileMediaFragment } from "@/media/tileMedia";

const GroupFragment = graphql(
  `
    fragment Group on MediaGroup @_unmask {
      id
      size
      best {
        id
      }
      bestReasons {
        criterion
        best
        others
        isDecisive
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

const GroupPageFragment = graphql(
  `
    fragment GroupPage on MediaGroupConnection @_unmask {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...Group
      }
    }
  `,
  [GroupFragment],
);

export type Group = FragmentOf<typeof GroupFragment>;
export type GroupItem = Group["shown"][number];

export const SimilarGroupsQuery = graphql(
  `
    query SimilarGroups($minSimilarity: Float!, $linkage: GroupLinkage!, $filter: MediaFilter, $first: Int!, $after: String) {
      similarGroups(minSimilarity: $minSimilarity, linkage: $linkage, filter: $filter, first: $first, after: $after) {
        ...GroupPage
      }
    }
  `,
  [GroupPageFragment],
);

export type Linkage = VariablesOf<typeof SimilarGroupsQuery>["linkage"];

export const DuplicateGroupsQuery = graphql(
  `
    query DuplicateGroups($first: Int!, $after: String) {
      duplicateGroups(first: $first, after: $after) {
        ...GroupPage
      }
    }
  `,
  [GroupPageFragment],
);

export const MomentGroupsQuery = graphql(
  `
    query MomentGroups($first: Int!, $after: String) {
      momentGroups(first: $first, after: $after) {
        ...GroupPage
      }
    }
  `,
  [GroupPageFragment],
);

export const ResolveDuplicatesMutation = graphql(`
  mutation ResolveDuplicates($groupId: ID!, $keep: ID!) {
    resolveDuplicates(groupId: $groupId, keep: $keep) {
      id
    }
  }
`);

export const UndoResolutionMutation = graphql(`
  mutation UndoResolution($id: ID!) {
    undoResolution(id: $id) {
      id
    }
  }
`);

export const MarkNotSameMutation = graphql(`
  mutation MarkNotSame($ids: [ID!]!, $notSame: Boolean!) {
    markNotSame(ids: $ids, notSame: $notSame) {
      id
    }
  }
`);

export const ScanDuplicatesMutation = graphql(`
  mutation ScanDuplicates {
    scanDuplicates {
      id
    }
  }
`);
