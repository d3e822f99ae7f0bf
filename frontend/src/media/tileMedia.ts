import { type FragmentOf, graphql } from "@/graphql/graphql";

/** What a tile shows and says; also what the viewer shows before its details arrive. */
export const TileMediaFragment = graphql(`
  fragment TileMedia on Media @_unmask {
    id
    mediaType
    originalFilename
    originalDate
    isFavorite
    trashedAt
    duration
    isAnimated
    width
    height
    placeholder
    smallUrl: thumbnailUrl(size: SMALL)
    largeUrl: thumbnailUrl(size: LARGE)
    tags {
      source
      confidence
      tag {
        id
        name
      }
    }
  }
`);

export type TileMedia = FragmentOf<typeof TileMediaFragment>;
