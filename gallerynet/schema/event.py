"""What a subscriber is told."""

import strawberry

from gallerynet.core.clock import Timestamp
from gallerynet.core.events import EventKind
from gallerynet.resolvers import events as events_resolvers
from gallerynet.schema.folder import Folder
from gallerynet.schema.media import Media
from gallerynet.schema.tag import Tag


@strawberry.interface(description="Everything that changes the library, from any client, in order.")
class LibraryEvent:
    cursor: str = strawberry.field(description="Pass as after on reconnecting: nothing in between is lost.")
    occurred_at: Timestamp = strawberry.field(description="When the change was made.")

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:  # noqa: ARG003 - Strawberry's interface
        return isinstance(value, events_resolvers.LibraryEvent) and EventKind(cls.__name__) is value.kind


@strawberry.type(description="New items.")
class MediaAdded(LibraryEvent):
    media: list[Media] = strawberry.field(description="The items, as they are now.")


@strawberry.type(description="Items that differ in something: favourite, tags, date, thumbnails.")
class MediaChanged(LibraryEvent):
    media: list[Media] = strawberry.field(description="The items, as they are now.")


@strawberry.type(description="Items that left the lists.")
class MediaRemoved(LibraryEvent):
    ids: list[strawberry.ID] = strawberry.field(description="Which.")
    to_trash: bool = strawberry.field(description="Whether they can be restored.")


@strawberry.type(description="A new folder, or one with another name.")
class FolderChanged(LibraryEvent):
    folder: Folder = strawberry.field(description="The folder, as it is now.")


@strawberry.type(description="A folder that is gone; what was in it stays.")
class FolderRemoved(LibraryEvent):
    id: strawberry.ID = strawberry.field(description="Which.")


@strawberry.type(description="The folders in another order.")
class FoldersReordered(LibraryEvent):
    folders: list[Folder] = strawberry.field(description="All of them, in order.")


@strawberry.type(description="Items put into a folder, or taken out of it.")
class FolderContentsChanged(LibraryEvent):
    folder: Folder = strawberry.field(description="The folder, as it is now.")
    added: list[strawberry.ID] = strawberry.field(description="Items put in.")
    removed: list[strawberry.ID] = strawberry.field(description="Items taken out.")


@strawberry.type(description="Tags that are new, or have other names, counts or models.")
class TagsChanged(LibraryEvent):
    tags: list[Tag] = strawberry.field(description="The tags, as they are now.")
    removed: list[strawberry.ID] = strawberry.field(description="Tags that are gone.")


@strawberry.type(description="The client was too slow or away too long: it must fetch again what it shows.")
class ResyncRequired(LibraryEvent):
    pass


EVENT_TYPES = [
    MediaAdded,
    MediaChanged,
    MediaRemoved,
    FolderChanged,
    FolderRemoved,
    FoldersReordered,
    FolderContentsChanged,
    TagsChanged,
    ResyncRequired,
]
