"""Arguments as they come in, and what core makes of them."""

from enum import Enum

import strawberry

from gallerynet.core.clock import Timestamp
from gallerynet.core.errors import NotFound
from gallerynet.core.ids import Id, parse_id
from gallerynet.core.ingest.receive import Received
from gallerynet.core.media import filters, listing
from gallerynet.core.media.filters import TagSource
from gallerynet.core.media.listing import Granularity, SortField
from gallerynet.core.media.model import DateSource, MediaType, PlaybackState, ThumbnailSize
from gallerynet.core.search.linkage import Linkage

# Core's enums, under the names that the API gives them.
for _enum, _name, _description in (
    (MediaType, "MediaType", "A still picture or a moving one."),
    (ThumbnailSize, "ThumbnailSize", "The sizes in which every item is kept ready, as JPEG."),
    (DateSource, "DateSource", "Where an item's original date comes from."),
    (PlaybackState, "PlaybackState", "What a browser is given of a video: see Media.playbackUrl."),
    (TagSource, "TagSource", "Whether the user gave a tag, or a learned model did."),
    (SortField, "MediaSortField", "What a list is ordered by; items that are equal keep a fixed order."),
    (Granularity, "TimelineGranularity", "How long a timeline's buckets are."),
    (
        Linkage,
        "GroupLinkage",
        "When alike items make a group: SINGLE where a chain of pairs joins them, which may lead far; COMPLETE where "
        "each is alike to each; AVERAGE where they are on average, which comes nearest to what people call the same.",
    ),
):
    strawberry.enum(_enum, name=_name, description=_description)


@strawberry.enum(description="Ascending: oldest, smallest, A first.")
class SortDirection(Enum):
    ASC = "ASC"
    DESC = "DESC"


@strawberry.input(description="A part of the world, its edges included; with west > east it spans the date line.")
class BoundsInput:
    south: float = strawberry.field(description="Degrees north.")
    west: float = strawberry.field(description="Degrees east.")
    north: float = strawberry.field(description="Degrees north.")
    east: float = strawberry.field(description="Degrees east.")


@strawberry.input(description="Every condition that is given must hold.")
class MediaFilter:
    media_type: MediaType | None = strawberry.field(default=None, description="Only pictures, or only videos.")
    favorite: bool | None = strawberry.field(default=None, description="Only favourites, or only others.")
    folder_id: strawberry.ID | None = strawberry.field(default=None, description="Only what is in this folder.")
    tags: list[str] | None = strawberry.field(
        default=None, description="Items that carry every one of these tag names."
    )
    any_tags: list[str] | None = strawberry.field(
        default=None, description="Items that carry one of these tag names at least."
    )
    tag_source: TagSource | None = strawberry.field(
        default=None,
        description="Restricts the tags that count to those given by hand, or to automatic ones.",
    )
    untagged: bool | None = strawberry.field(default=None, description="Only items without any tag, or only with.")
    text: str | None = strawberry.field(
        default=None, description="Words looked up in file names, tag names, folder names and camera names."
    )
    taken_from: Timestamp | None = strawberry.field(default=None, description="Taken at this moment or later.")
    taken_to: Timestamp | None = strawberry.field(default=None, description="Taken at this moment or earlier.")
    camera: str | None = strawberry.field(default=None, description="Part of the camera's make and model.")
    has_location: bool | None = strawberry.field(default=None, description="Only items with, or without, a place.")
    within: BoundsInput | None = strawberry.field(
        default=None, description="Only what was taken in this part of the world."
    )
    has_processing_error: bool | None = strawberry.field(
        default=None, description="Only items whose processing failed, or only those that are well."
    )
    trashed: bool | None = strawberry.field(
        default=None, description="True: only the trash. Default false: the trash is left out."
    )


@strawberry.input(description="The order of a list.")
class MediaSort:
    field: SortField = strawberry.field(default=SortField.DATE, description="What to order by.")
    direction: SortDirection = strawberry.field(default=SortDirection.DESC, description="Which end comes first.")


@strawberry.input(one_of=True, description="What to search by: exactly one.")
class SimilarityReference:
    media_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="An item of the library.")
    image: Received | None = strawberry.field(
        default=strawberry.UNSET, description="A picture, sent by the multipart request specification."
    )
    reference_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The referenceId of an earlier search."
    )
    text: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="What is to be seen, in words; only where the server's model embeds text. Words are less like any "
        "picture than pictures are like each other: ask with a low minSimilarity, and go by the order.",
    )


@strawberry.input(one_of=True, description="What an operation covers: exactly one.")
class MediaSelection:
    ids: list[strawberry.ID] | None = strawberry.field(default=strawberry.UNSET, description="These items.")
    filter: MediaFilter | None = strawberry.field(default=strawberry.UNSET, description="All items that it finds.")


def to_filter(given: MediaFilter | None) -> filters.MediaFilter:
    if given is None:
        return filters.EVERYTHING
    return filters.MediaFilter(
        media_type=given.media_type,
        favorite=given.favorite,
        folder_id=None if given.folder_id is None else to_id(given.folder_id, "folder"),
        tags=None if given.tags is None else tuple(given.tags),
        any_tags=None if given.any_tags is None else tuple(given.any_tags),
        tag_source=given.tag_source,
        untagged=given.untagged,
        text=given.text,
        taken_from=given.taken_from,
        taken_to=given.taken_to,
        camera=given.camera,
        has_location=given.has_location,
        within=None if given.within is None else filters.Bounds(**vars(given.within)),
        has_processing_error=given.has_processing_error,
        trashed=bool(given.trashed),
    )


def to_sort(given: MediaSort | None) -> listing.MediaSort:
    if given is None:
        return listing.NEWEST_FIRST
    return listing.MediaSort(given.field, given.direction is SortDirection.DESC)


def to_id(text: str, what: str = "item") -> Id:
    """Raises NotFound for what can be no id of ours."""
    identity = parse_id(text)
    if identity is None:
        raise NotFound(f"There is no {what} with the id {text[:60]!r}.")
    return identity


def to_ids(texts: list[strawberry.ID], what: str = "item") -> list[Id]:
    """Each id once, in their order. Raises NotFound for what can be no id of ours."""
    return list(dict.fromkeys(to_id(text, what) for text in texts))
