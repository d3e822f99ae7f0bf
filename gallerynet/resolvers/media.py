"""Items: lists, single ones, what hangs on them, changes."""

from typing import Annotated

import strawberry

from gallerynet.core.clock import Timestamp
from gallerynet.core.errors import NotFound
from gallerynet.core.folders import Folder
from gallerynet.core.library import Library
from gallerynet.core.media.listing import Granularity, Timeline
from gallerynet.core.media.model import PREVIEW_VERSION, Media, PlaybackState, ThumbnailSize
from gallerynet.core.media.places import Place
from gallerynet.core.media.places import places as places_of
from gallerynet.core.media.rows import find, find_by_content
from gallerynet.core.tags.model import MediaTag
from gallerynet.resolvers.connections import MediaConnection, media_connection
from gallerynet.resolvers.context import Info
from gallerynet.resolvers.inputs import MediaFilter, MediaSort, to_filter, to_id, to_ids, to_sort

Item = strawberry.Parent[Media]
First = Annotated[int, strawberry.argument(description="How many, 1 to 200.")]
After = Annotated[str | None, strawberry.argument(description="The cursor to go on behind.")]


async def media(
    info: Info,
    first: First = 60,
    after: After = None,
    filter: MediaFilter | None = None,
    sort: MediaSort | None = None,
) -> MediaConnection:
    wanted = to_filter(filter)
    page = await info.context.run(info.context.library.lists.page, wanted, to_sort(sort), first, after)
    return media_connection(page, wanted)


async def total_count(info: Info, parent: strawberry.Parent[MediaConnection]) -> int:
    return await info.context.run(info.context.library.lists.count, parent.wanted)


async def media_item(info: Info, id: strawberry.ID) -> Media | None:
    try:
        return await info.context.run(_find, info.context.library, id)
    except NotFound:
        return None


async def timeline(
    info: Info,
    filter: MediaFilter | None = None,
    sort: MediaSort | None = None,
    granularity: Granularity = Granularity.MONTH,
) -> Timeline:
    lists = info.context.library.lists
    return await info.context.run(lists.timeline, to_filter(filter), to_sort(sort), granularity)


async def media_window(
    info: Info,
    offset: int,
    limit: int = 60,
    filter: MediaFilter | None = None,
    sort: MediaSort | None = None,
) -> list[Media]:
    lists = info.context.library.lists
    return await info.context.run(lists.window, to_filter(filter), to_sort(sort), offset, limit)


async def places(info: Info, cell: float, filter: MediaFilter | None = None) -> list[Place]:
    wanted = to_filter(filter)

    def read() -> list[Place]:
        with info.context.library.database.read() as connection:
            return places_of(connection, wanted, cell)

    return await info.context.run(read)


async def place_cover(info: Info, parent: strawberry.Parent[Place]) -> Media | None:
    return await info.context.loaders.media_by_key.load(parent.cover_key)


async def set_favorite(info: Info, ids: list[strawberry.ID], favorite: bool) -> list[Media]:
    return await info.context.run(info.context.library.media.set_favorite, to_ids(ids), favorite)


async def set_original_date(info: Info, ids: list[strawberry.ID], original_date: Timestamp) -> list[Media]:
    return await info.context.run(info.context.library.media.set_original_date, to_ids(ids), original_date)


async def known_content(info: Info, hashes: list[str]) -> list[Media]:
    def read() -> list[Media]:
        with info.context.library.database.read() as connection:
            return find_by_content(connection, hashes)

    return await info.context.run(read)


def original_url(parent: Item) -> str:
    return f"/originals/{parent.id}"


def thumbnail_url(parent: Item, size: ThumbnailSize = ThumbnailSize.SQUARE) -> str:
    return f"/thumbnails/{parent.id}/{size.value}?v={parent.thumbnail_version}"


def playback_url(parent: Item) -> str | None:
    is_ready = parent.playback_state in (PlaybackState.ORIGINAL, PlaybackState.PREVIEW)
    return f"/playback/{parent.id}?v={PREVIEW_VERSION}" if is_ready else None


async def exif(info: Info, parent: Item) -> dict[str, str] | None:
    return await info.context.loaders.exif.load(parent.id)


async def tags(info: Info, parent: Item) -> list[MediaTag]:
    return await info.context.loaders.media_tags.load(parent.id)


async def folders(info: Info, parent: Item) -> list[Folder]:
    return await info.context.loaders.media_folders.load(parent.id)


def _find(library: Library, text: str) -> Media:
    with library.database.read() as connection:
        return find(connection, to_id(text))
