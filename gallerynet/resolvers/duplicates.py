"""The same picture kept more than once, and shots of one moment."""

from typing import Annotated

import strawberry

from gallerynet.core.duplicates.resolve import Resolution
from gallerynet.core.jobs import Job
from gallerynet.core.media.model import Media
from gallerynet.core.search.best import Reason
from gallerynet.core.search.groups import Group
from gallerynet.resolvers.connections import GroupConnection, group_connection
from gallerynet.resolvers.context import Info
from gallerynet.resolvers.inputs import to_id, to_ids
from gallerynet.resolvers.media import After, First

Others = Annotated[
    list[strawberry.ID] | None,
    strawberry.argument(name="from", description="With it, each of ids is told from each of these, and no others."),
]


async def duplicate_groups(info: Info, first: First = 60, after: After = None) -> GroupConnection:
    return group_connection(await info.context.run(info.context.library.duplicates.page, first, after))


async def moment_groups(
    info: Info, within_seconds: float = 10, min_similarity: float = 80, first: First = 60, after: After = None
) -> GroupConnection:
    moments = info.context.library.moments
    return group_connection(await info.context.run(moments.page, within_seconds, min_similarity, first, after))


async def best_reasons(info: Info, parent: strawberry.Parent[Group]) -> list[Reason]:
    best = await info.context.loaders.best_of_group.load(parent)
    return [] if best is None else best.reasons


async def mark_not_same(
    info: Info, ids: list[strawberry.ID], others: Others = None, not_same: bool = True
) -> list[Media]:
    duplicates = info.context.library.duplicates
    told_from = None if others is None else to_ids(others)
    return await info.context.run(duplicates.mark_distinct, to_ids(ids), told_from, not_same)


async def resolve_duplicates(info: Info, group_id: strawberry.ID, keep: strawberry.ID | None = None) -> Resolution:
    resolutions = info.context.library.resolutions
    kept = None if keep is None else to_id(keep)
    return await info.context.run(resolutions.resolve, to_id(group_id, "group"), kept)


async def undo_resolution(info: Info, id: strawberry.ID) -> Resolution:
    return await info.context.run(info.context.library.resolutions.undo, to_id(id, "resolution"))


async def scan_duplicates(info: Info) -> Job:
    return await info.context.run(info.context.library.duplicate_scan.queue)
