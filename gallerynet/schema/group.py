"""Groups of items."""

import strawberry

from gallerynet.core.search import best
from gallerynet.resolvers import duplicates as duplicates_resolvers
from gallerynet.resolvers import search as search_resolvers
from gallerynet.schema.fields import answered_by
from gallerynet.schema.media import Media, PageInfo

BestCriterion = strawberry.enum(best.Criterion, name="BestCriterion", description="By what items are compared.")


@strawberry.type(description="How the best item of a group compares with the others by one criterion.")
class BestReason:
    criterion: best.Criterion = strawberry.field(description="By what.")
    best: str = strawberry.field(description="The best item's: 4000 x 3000, say.")
    others: str = strawberry.field(description="The most that one of the others has.")
    is_ahead: bool = strawberry.field(description="Whether the best item is ahead of all others by it.")
    is_decisive: bool = strawberry.field(description="Whether this is what the choice came down to.")


@strawberry.type(description="Items that belong together.")
class MediaGroup:
    id: strawberry.ID = strawberry.field(description="Stable while the group's members stay the same.")
    size: int = strawberry.field(description="How many items are in it.")
    media: list[Media] = answered_by(search_resolvers.group_media, description="Its items.")
    best: Media = answered_by(
        search_resolvers.group_best,
        description="The item to keep when the rest go: most pixels, then sharpest, then largest file, then oldest "
        "date. Of shots of one moment: the favourite, then the sharpest that is no small copy.",
    )
    best_reasons: list[BestReason] = answered_by(
        duplicates_resolvers.best_reasons, description="Why that one is the best, the weightiest criterion first."
    )


@strawberry.type(description="A page of groups, largest first.")
class MediaGroupConnection:
    nodes: list[MediaGroup] = strawberry.field(description="The page's groups.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: int = strawberry.field(description="How many groups there are.")
