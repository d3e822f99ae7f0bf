"""Deleting and restoring."""

import strawberry

from gallerynet.core.ids import Deleted, parse_ids
from gallerynet.core.media.model import Media
from gallerynet.resolvers.context import Info
from gallerynet.resolvers.inputs import to_ids


async def delete_media(info: Info, ids: list[strawberry.ID], permanently: bool = False) -> Deleted:
    return await info.context.run(info.context.library.trash.delete, parse_ids(list(ids)), permanently)


async def restore_media(info: Info, ids: list[strawberry.ID]) -> list[Media]:
    return await info.context.run(info.context.library.trash.restore, to_ids(ids))


async def empty_trash(info: Info) -> Deleted:
    return await info.context.run(info.context.library.trash.empty)
