import { graphql, type ResultOf } from "@/graphql/graphql";

export const PlacesQuery = graphql(`
  query Places($cell: Float!) {
    places(cell: $cell) {
      latitude
      longitude
      count
      bounds {
        south
        west
        north
        east
      }
      cover {
        id
        square: thumbnailUrl(size: SQUARE)
      }
    }
  }
`);

export type Place = ResultOf<typeof PlacesQuery>["places"][number];
