"""The library's events, each with the items, folders or tags that it tells of as they are now."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from functools import partial
from typing import cast

from gallerynet.core.clock import Timestamp
from gallerynet.core.database.tables import tags as tag_table
from gallerynet.core.errors import InvalidInput
from gallerynet.core.events import Event, EventKind
from gallerynet.core.folders import Folder, find_many_folders
from gallerynet.core.ids import Id
from gallerynet.core.library import Library
from gallerynet.core.media.model import Media
from gallerynet.core.media.rows import find_many
from gallerynet.core.tags.model import Tag
from gallerynet.core.tags.names import read_tags
from gallerynet.resolvers.context import Context, Info


@dataclass(frozen=True, slots=True)
class LibraryEvent:
    """What every event has; ``kind`` names its GraphQL type."""

    cursor: str
    occurred_at: Timestamp
    kind: EventKind


@dataclass(frozen=True, slots=True)
class MediaEvent(LibraryEvent):
    media: list[Media]


@dataclass(frozen=True, slots=True)
class MediaRemovedEvent(LibraryEvent):
    ids: list[Id]
    to_trash: bool


@dataclass(frozen=True, slots=True)
class FolderEvent(LibraryEvent):
    folder: Folder
    added: list[Id]
    removed: list[Id]


@dataclass(frozen=True, slots=True)
class FolderRemovedEvent(LibraryEvent):
    id: Id


@dataclass(frozen=True, slots=True)
class FoldersEvent(LibraryEvent):
    folders: list[Folder]


@dataclass(frozen=True, slots=True)
class TagsEvent(LibraryEvent):
    tags: list[Tag]
    removed: list[Id]


class LibraryEvents:
    """One client's subscription. What it comes to can be shared, as ``watching`` does, or read from here."""

    def __init__(self, context: Context, after: int | None) -> None:
        self._context = context
        self._library = context.library
        self._after = after
        self.feed = self._library.events

    async def catch_up(self) -> tuple[list[Event], int]:
        """What the client missed, and the cursor that this goes up to: later events come by the feed."""
        return await self.feed.catch_up(self._after)

    async def tell(self, event: Event) -> LibraryEvent | None:
        """The event as a client reads it; None where what it tells of is gone by now, which a later event says."""
        # An earlier telling will do: what has changed since has an event of its own, which comes later.
        told = self._context.told_events
        once = await told.get((event.cursor, event.kind), partial(self._context.run, _tell, self._library, event))
        return cast("LibraryEvent | None", once)

    async def __aiter__(self) -> AsyncGenerator[LibraryEvent, None]:
        subscription = self.feed.subscribe()
        try:
            missed, start = await self.catch_up()
            for event in missed:
                if (told := await self.tell(event)) is not None:
                    yield told
            async for events in subscription:
                for event in events:
                    if event.cursor > start and (told := await self.tell(event)) is not None:
                        yield told
        finally:
            subscription.close()


def library_events(info: Info, after: str | None = None) -> LibraryEvents:
    if after is not None and not (after.isascii() and after.isdigit()):
        raise InvalidInput("after is no cursor of an event: pass one as it was given, or leave it out.")
    return LibraryEvents(info.context, None if after is None else int(after))


def _tell(library: Library, event: Event) -> LibraryEvent | None:
    head = (str(event.cursor), event.occurred_at, event.kind)
    payload = event.payload
    with library.database.read() as connection:
        match event.kind:
            case EventKind.MEDIA_ADDED | EventKind.MEDIA_CHANGED:
                items = find_many(connection, payload["ids"])
                return MediaEvent(*head, items) if items else None
            case EventKind.MEDIA_REMOVED:
                return MediaRemovedEvent(*head, payload["ids"], payload["to_trash"])
            case EventKind.FOLDER_CHANGED | EventKind.FOLDER_CONTENTS_CHANGED:
                found = find_many_folders(connection, [payload["id"]])
                contents = (payload.get("added", []), payload.get("removed", []))
                return FolderEvent(*head, found[0], *contents) if found else None
            case EventKind.FOLDER_REMOVED:
                return FolderRemovedEvent(*head, payload["id"])
            case EventKind.FOLDERS_REORDERED:
                return FoldersEvent(*head, library.folders.all())
            case EventKind.TAGS_CHANGED:
                changed = read_tags(connection, tag_table.c.public_id.in_(payload["ids"]))
                removed = payload["removed"]
                return TagsEvent(*head, changed, removed) if changed or removed else None
            case EventKind.RESYNC_REQUIRED:
                return LibraryEvent(*head)
