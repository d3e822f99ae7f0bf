import { graphql } from "@/graphql/graphql";
import { TileMediaFragment } from "@/media/tileMedia";

export const SimilarMediaQuery = graphql(
  `
    query SimilarMedia($reference: SimilarityReference!, $minSimilarity: Float!, $first: Int!, $after: String) {
      similarMedia(reference: $reference, minSimilarity: $minSimilarity, first: $first, after: $after) {
        totalCount
        referenceId
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          similarity
          node {
            ...TileMedia
          }
        }
      }
    }
  `,
  [TileMediaFragment],
);

/** Sends a picture once; from then on its reference stands for it. */
export const ReferenceQuery = graphql(`
  query SimilarityReference($image: Upload!) {
    similarMedia(reference: { image: $image }, minSimilarity: 100, first: 1) {
      referenceId
    }
  }
`);

/** Whether an address names an item of the library. */
export const SourceQuery = graphql(
  `
    query SearchSource($id: ID!) {
      mediaItem(id: $id) {
        ...TileMedia
      }
    }
  `,
  [TileMediaFragment],
);
