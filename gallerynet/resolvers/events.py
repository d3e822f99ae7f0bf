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
from gallerynet.resolvers.context import Info


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


async def library_events(info: Info, after: str | None = None) -> AsyncGenerator[LibraryEvent, None]:
    if after is not None and not (after.isascii() and after.isdigit()):
        raise InvalidInput("after is no cursor of an event: pass one as it was given, or leave it out.")
    library = info.context.library
    context = info.context
    async for event in library.events.subscribe(None if after is None else int(after)):
        # An earlier telling will do: what has changed since has an event of its own, which comes later.
        told = await context.told_events.get((event.cursor, event.kind), partial(context.run, _tell, library, event))
        if told is not None:
            yield cast("LibraryEvent", told)


def _tell(library: Library, event: Event) -> LibraryEvent | None:
    """The event as a client reads it; None where what it tells of is gone by now, which a later event says."""
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
