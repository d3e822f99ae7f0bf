"""Groups of items."""

import strawberry

from gallerynet.resolvers import search as search_resolvers
from gallerynet.schema.fields import answered_by
from gallerynet.schema.media import Media, PageInfo


@strawberry.type(description="Items that belong together.")
class MediaGroup:
    id: strawberry.ID = strawberry.field(description="Stable while the group's members stay the same.")
    size: int = strawberry.field(description="How many items are in it.")
    media: list[Media] = answered_by(search_resolvers.group_media, description="Its items.")
    best: Media = answered_by(
        search_resolvers.group_best,
        description="The item to keep when the rest go: most pixels, then sharpest, then largest file, then oldest "
        "date.",
    )


@strawberry.type(description="A page of groups, largest first.")
class MediaGroupConnection:
    nodes: list[MediaGroup] = strawberry.field(description="The page's groups.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: int = strawberry.field(description="How many groups there are.")
