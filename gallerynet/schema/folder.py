"""Folders."""

import strawberry

from gallerynet.core import folders as core
from gallerynet.core.clock import Timestamp
from gallerynet.resolvers import folders as folders_resolvers
from gallerynet.schema.fields import answered_by
from gallerynet.schema.media import Media, MediaConnection
from gallerynet.schema.node import Node


@strawberry.type(description="A collection that the user made; an item may be in several.")
class Folder(Node):
    name: str = strawberry.field(description="As the user wrote it; not unique.")
    created_at: Timestamp = strawberry.field(description="When it was made.")
    sort_order: int = strawberry.field(description="Its place among the folders, rising.")
    item_count: int = strawberry.field(description="How many items are in it, without those in the trash.")
    cover: Media | None = answered_by(folders_resolvers.cover, description="Its newest item.")
    media: MediaConnection = answered_by(folders_resolvers.media, description="What is in it.")

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:  # noqa: ARG003 - Strawberry's interface
        return isinstance(value, core.Folder)
