"""What was done with duplicates."""

import strawberry

from gallerynet.core.clock import Timestamp
from gallerynet.schema.media import Media


@strawberry.type(description="A group of duplicates that was settled; undoResolution takes it back by its id.")
class DuplicateResolution:
    id: strawberry.ID = strawberry.field(description="What undoResolution wants.")
    created_at: Timestamp = strawberry.field(description="When it was done.")
    undone_at: Timestamp | None = strawberry.field(description="When it was taken back; null while it holds.")
    kept: Media = strawberry.field(description="The item that stayed, with the others' tags, folders and favourite.")
    others: list[Media] = strawberry.field(
        description="The other items of the group: in the trash, or back again after undoResolution."
    )
