"""Tags: their list, editing them on items, learning."""

import strawberry

from gallerynet.core.errors import NotFound
from gallerynet.core.media.model import Media
from gallerynet.core.tags.learner import Learned
from gallerynet.core.tags.model import MediaTag, Tag
from gallerynet.resolvers.context import Info
from gallerynet.resolvers.inputs import to_ids


async def tags(info: Info, text: str | None = None) -> list[Tag]:
    return await info.context.run(info.context.library.tags.all, text)


async def tag(info: Info, name: str) -> Tag | None:
    try:
        return await info.context.run(info.context.library.tags.by_name, name)
    except NotFound:
        return None


async def tag_of(info: Info, parent: strawberry.Parent[MediaTag]) -> Tag:
    return await info.context.loaders.tag.load(parent.tag_key)


async def tag_media(
    info: Info, ids: list[strawberry.ID], add: list[str] | None = None, remove: list[str] | None = None
) -> list[Media]:
    return await info.context.run(info.context.library.tags.edit, to_ids(ids), add or [], remove or [])


async def learn_tag(info: Info, name: str) -> Learned:
    return await info.context.run(info.context.library.learner.learn, name)
