import { type FragmentOf, graphql } from "@/graphql/graphql";
import { TileMediaFragment } from "@/media/tileMedia";

export const DetailsFragment = graphql(
  `
    fragment MediaDetails on Media @_unmask {
      ...TileMedia
      mimeType
      sizeBytes
      uploadedAt
      originalDateSource
      originalUrl
      playbackState
      playbackUrl
      isSearchable
      processingError
      trashedAt
      exif
      camera {
        make
        model
        lens
        iso
        aperture
        exposureTime
        focalLength
      }
      location {
        latitude
        longitude
      }
      folders {
        id
        name
      }
    }
  `,
  [TileMediaFragment],
);

export type MediaDetails = FragmentOf<typeof DetailsFragment>;

export const ViewerQuery = graphql(
  `
    query Viewer($id: ID!) {
      mediaItem(id: $id) {
        ...MediaDetails
      }
    }
  `,
  [DetailsFragment],
);
