import { graphql, type ResultOf } from "@/graphql/graphql";

export const StatisticsQuery = graphql(`
  query Statistics {
    server {
      totalImages
      totalVideos
      totalSizeBytes
      trashedFiles
      diskFreeBytes
      diskTotalBytes
    }
    timeline(granularity: YEAR) {
      buckets {
        key
        count
      }
    }
    favorites: media(filter: { favorite: true }, first: 1) {
      totalCount
    }
    located: media(filter: { hasLocation: true }, first: 1) {
      totalCount
    }
    untagged: media(filter: { untagged: true }, first: 1) {
      totalCount
    }
    folders {
      id
      name
      itemCount
    }
    tags {
      id
      name
      manualCount
      autoCount
    }
  }
`);

export type Statistics = ResultOf<typeof StatisticsQuery>;
