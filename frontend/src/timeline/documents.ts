import { graphql } from "@/graphql/graphql";
import { TileMediaFragment } from "@/media/tileMedia";

export const TimelineQuery = graphql(`
  query Timeline($filter: MediaFilter, $sort: MediaSort) {
    timeline(filter: $filter, sort: $sort, granularity: MONTH) {
      revision
      totalCount
      buckets {
        key
        count
      }
      aspectRatios
    }
  }
`);

export const TimelineRevisionQuery = graphql(`
  query TimelineRevision($filter: MediaFilter, $sort: MediaSort) {
    timeline(filter: $filter, sort: $sort, granularity: MONTH) {
      revision
    }
  }
`);

export const MediaWindowQuery = graphql(
  `
    query MediaWindow($offset: Int!, $limit: Int!, $filter: MediaFilter, $sort: MediaSort) {
      mediaWindow(offset: $offset, limit: $limit, filter: $filter, sort: $sort) {
        ...TileMedia
      }
    }
  `,
  [TileMediaFragment],
);
