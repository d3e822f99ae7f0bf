"""Items, and lists of them."""

from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.scalars import JSON

from gallerynet.core.clock import Timestamp
from gallerynet.core.media import model
from gallerynet.core.media.model import DateSource, MediaType, PlaybackState
from gallerynet.resolvers import media as media_resolvers
from gallerynet.resolvers import search as search_resolvers
from gallerynet.schema.fields import answered_by
from gallerynet.schema.node import Node
from gallerynet.schema.scalars import ByteCount

if TYPE_CHECKING:
    from gallerynet.schema.folder import Folder
    from gallerynet.schema.tag import MediaTag


@strawberry.type(description="What the camera says of itself and of the shot.")
class Camera:
    make: str | None = strawberry.field(description="Its maker.")
    model: str | None = strawberry.field(description="Its model.")
    lens: str | None = strawberry.field(description="The lens in use.")
    iso: int | None = strawberry.field(description="Sensitivity.")
    aperture: float | None = strawberry.field(description="The f-number.")
    exposure_time: str | None = strawberry.field(description="Seconds, as the camera spells them: 1/250.")
    focal_length: float | None = strawberry.field(description="Millimetres.")


@strawberry.type(description="Where a picture was taken.")
class Location:
    latitude: float = strawberry.field(description="Degrees north.")
    longitude: float = strawberry.field(description="Degrees east.")
    altitude: float | None = strawberry.field(description="Metres above the sea.")


@strawberry.type(description="A picture or a video.")
class Media(Node):
    media_type: MediaType = strawberry.field(description="Picture or video.")
    mime_type: str = strawberry.field(description="By the original's content, not by its name.")
    original_filename: str = strawberry.field(description="What the file was called when it came in.")
    width: int | None = strawberry.field(
        description="After orientation is applied; null while the file could not be decoded."
    )
    height: int | None = strawberry.field(
        description="After orientation is applied; null while the file could not be decoded."
    )
    duration: float | None = strawberry.field(description="Seconds; videos only.")
    is_animated: bool = strawberry.field(
        description="Whether the original is a GIF, PNG, WebP or AVIF that plays; its thumbnails show the first frame."
    )
    size_bytes: ByteCount = strawberry.field(description="Of the original.")
    original_date: Timestamp = strawberry.field(description="When it was taken, as far as can be told.")
    original_date_source: DateSource = strawberry.field(description="Where originalDate comes from.")
    uploaded_at: Timestamp = strawberry.field(description="When it came into the library.")
    content_hash: str = strawberry.field(description="SHA-256 of the original's bytes, hex.")
    perceptual_hash: str | None = strawberry.field(
        description="128 bits in hex that change little where the picture looks much the same."
    )
    is_favorite: bool = strawberry.field(description="Whether the user marked it.")
    trashed_at: Timestamp | None = strawberry.field(description="Since when it lies in the trash.")
    is_searchable: bool = strawberry.field(
        description="False while the picture has no embedding: it is then left out of similarity search."
    )
    processing_error: str | None = strawberry.field(
        description="Why the last processing failed, in words for the user; null when all is well."
    )
    original_url: str = answered_by(
        media_resolvers.original_url, description="The untouched original; HTTP ranges, ETag."
    )
    playback_state: PlaybackState | None = strawberry.field(
        description="Whether a browser can play it; null for pictures. A change of it comes as MediaChanged."
    )
    playback_url: str | None = answered_by(
        media_resolvers.playback_url,
        description="What a browser can play of a video: the original, or a preview; HTTP ranges, ETag. "
        "Null for pictures, and while there is none.",
    )
    thumbnail_url: str = answered_by(media_resolvers.thumbnail_url, description="A JPEG of that size.")
    placeholder: str | None = strawberry.field(description="ThumbHash, base64: a blurred placeholder of some 25 bytes.")
    exif: JSON | None = answered_by(
        media_resolvers.exif,
        description="All metadata read from the file, display strings by tag name.",
    )
    camera: Camera | None = strawberry.field(description="From the metadata; null where nothing is known.")
    location: Location | None = strawberry.field(description="From the metadata; null where nothing is known.")
    tags: list[Annotated["MediaTag", strawberry.lazy("gallerynet.schema.tag")]] = answered_by(
        media_resolvers.tags, description="Manual ones first."
    )
    folders: list[Annotated["Folder", strawberry.lazy("gallerynet.schema.folder")]] = answered_by(
        media_resolvers.folders, description="The folders that it is in."
    )
    similar: "SimilarMediaConnection" = answered_by(
        search_resolvers.similar, description="What looks like it, most similar first; never itself."
    )

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:  # noqa: ARG003 - Strawberry's interface
        return isinstance(value, model.Media)


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether there is more behind endCursor.")
    has_previous_page: bool = strawberry.field(description="Whether the page began behind a cursor.")
    start_cursor: str | None = strawberry.field(description="Of the page's first item.")
    end_cursor: str | None = strawberry.field(description="Of the page's last item: the next page's after.")


@strawberry.type(description="An item in a list.")
class MediaEdge:
    cursor: str = strawberry.field(description="Names this place in the list, whatever comes and goes elsewhere.")
    node: Media = strawberry.field(description="The item.")


@strawberry.type(description="A page of a list of items.")
class MediaConnection:
    edges: list[MediaEdge] = strawberry.field(description="The page's items with their cursors.")
    nodes: list[Media] = strawberry.field(description="The page's items.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: int = answered_by(media_resolvers.total_count, description="The whole list's length.")


@strawberry.type(description="A similar item.")
class SimilarMediaEdge:
    cursor: str = strawberry.field(description="Names this place in the list.")
    node: Media = strawberry.field(description="The item.")
    similarity: float = strawberry.field(description="Percent: 100 (1 - cosine distance / 2).")


@strawberry.type(description="A page of similar items, most similar first.")
class SimilarMediaConnection:
    edges: list[SimilarMediaEdge] = strawberry.field(description="The page's items with their similarity.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: int = strawberry.field(description="How many items reach minSimilarity in all.")
    reference_id: strawberry.ID = strawberry.field(
        description="Names the picture searched by, so that a moved slider needs no second upload. "
        "Valid for 1 hour at least."
    )


@strawberry.type(description="A stretch of the timeline.")
class TimelineBucket:
    key: str = strawberry.field(description="YYYY, YYYY-MM or YYYY-MM-DD.")
    count: int = strawberry.field(description="How many items are in it.")


@strawberry.type(
    description="Where everything is, without the items: enough to lay out 100,000 of them exactly before the first "
    "is fetched."
)
class Timeline:
    revision: str = strawberry.field(description="Another text whenever members or order have changed.")
    total_count: int = strawberry.field(description="How many items there are.")
    buckets: list[TimelineBucket] = strawberry.field(
        description="In order; empty where the list is not ordered by time."
    )
    aspect_ratios: str = strawberry.field(
        description="One byte an item, in order, base64: 128 + round(32 * log2(width / height)), clamped to 0..255; "
        "128 where the size is unknown."
    )


@strawberry.type(description="A part of the world, its edges included.")
class Bounds:
    south: float = strawberry.field(description="Degrees north.")
    west: float = strawberry.field(description="Degrees east.")
    north: float = strawberry.field(description="Degrees north.")
    east: float = strawberry.field(description="Degrees east.")


@strawberry.type(description="Items that were taken near each other.")
class Place:
    latitude: float = strawberry.field(description="Their middle, degrees north.")
    longitude: float = strawberry.field(description="Their middle, degrees east.")
    count: int = strawberry.field(description="How many they are.")
    bounds: Bounds = strawberry.field(description="What holds them all: as a filter's within it finds them.")
    cover: Media | None = answered_by(media_resolvers.place_cover, description="The newest of them.")
