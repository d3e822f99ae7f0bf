"""Many originals at once."""

import strawberry

from gallerynet.core.clock import Timestamp
from gallerynet.resolvers import downloads as downloads_resolvers
from gallerynet.schema.fields import answered_by
from gallerynet.schema.scalars import ByteCount


@strawberry.type(
    description="One stored zip under 2 GiB (a single larger file is a part of its own). Its exact length is known "
    "ahead, and ranges resume it."
)
class DownloadPart:
    id: strawberry.ID = strawberry.field(description="Names the part until the plan expires.")
    url: str = answered_by(downloads_resolvers.url, description="Where to get it; HTTP ranges, ETag.")
    filename: str = strawberry.field(description="What to save it as.")
    file_count: int = strawberry.field(description="How many originals are in it.")
    size_bytes: ByteCount = strawberry.field(description="Of the zip, exactly.")


@strawberry.type(description="What a download will consist of.")
class DownloadPlan:
    id: strawberry.ID = strawberry.field(description="Names the plan.")
    file_count: int = strawberry.field(description="How many originals are in all parts together.")
    total_bytes: ByteCount = strawberry.field(description="Of all parts together.")
    expires_at: Timestamp = strawberry.field(description="Until when the parts can be had.")
    parts: list[DownloadPart] = strawberry.field(description="No original is in two of them.")
