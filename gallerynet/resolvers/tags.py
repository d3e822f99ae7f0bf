"""Tags: their list, editing them on items, learning."""

import strawberry

from gallerynet.core.errors import NotFound
from gallerynet.core.ids import Deleted
from gallerynet.core.media.model import Media
from gallerynet.core.tags.learner import AutoTagged, Learned, Undone
from gallerynet.core.tags.model import MediaTag, Suggestion, Tag, TagModel
from gallerynet.resolvers.context import Info
from gallerynet.resolvers.inputs import MediaFilter, to_filter, to_id, to_ids


async def tags(info: Info, text: str | None = None) -> list[Tag]:
    return await info.context.run(info.context.library.tags.all, text)


async def tag(info: Info, name: str) -> Tag | None:
    try:
        return await info.context.run(info.context.library.tags.by_name, name)
    except NotFound:
        return None


async def tag_of(info: Info, parent: strawberry.Parent[MediaTag]) -> Tag:
    return await info.context.loaders.tag.load(parent.tag_key)


async def is_stale(info: Info, parent: strawberry.Parent[TagModel]) -> bool:
    return await info.context.loaders.staleness.load(parent.tag_key)


async def tag_media(
    info: Info, ids: list[strawberry.ID], add: list[str] | None = None, remove: list[str] | None = None
) -> list[Media]:
    return await info.context.run(info.context.library.tags.edit, to_ids(ids), add or [], remove or [])


async def learn_tag(info: Info, name: str) -> Learned:
    return await info.context.run(info.context.library.learner.learn, name)


async def rename_tag(info: Info, id: strawberry.ID, name: str) -> Tag:
    return await info.context.run(info.context.library.tags.rename, to_id(id, "tag"), name)


async def merge_tags(info: Info, ids: list[strawberry.ID], into: str) -> Tag:
    return await info.context.run(info.context.library.tags.merge, to_ids(ids, "tag"), into)


async def delete_tag(info: Info, id: strawberry.ID) -> Deleted:
    return await info.context.run(info.context.library.tags.delete, to_id(id, "tag"))


async def apply_tag(info: Info, id: strawberry.ID, filter: MediaFilter | None = None) -> Learned:
    return await info.context.run(info.context.library.learner.apply, to_id(id, "tag"), to_filter(filter))


async def auto_tag(info: Info, filter: MediaFilter | None = None) -> AutoTagged:
    return await info.context.run(info.context.library.learner.auto_tag, to_filter(filter))


async def auto_tag_count(info: Info, filter: MediaFilter | None = None) -> int:
    return await info.context.run(info.context.library.learner.count_automatic, to_filter(filter))


async def review_tag(
    info: Info,
    id: strawberry.ID,
    confirm: list[strawberry.ID] | None = None,
    reject: list[strawberry.ID] | None = None,
) -> Tag:
    answers = (to_ids(confirm or []), to_ids(reject or []))
    return await info.context.run(info.context.library.learner.review, to_id(id, "tag"), *answers)


async def review_queue(info: Info, parent: strawberry.Parent[Tag], first: int = 24) -> list[Suggestion]:
    return await info.context.run(info.context.library.questions.queue, parent, first)


async def because(info: Info, parent: strawberry.Parent[Tag], media_id: strawberry.ID, first: int = 3) -> list[Media]:
    return await info.context.run(info.context.library.questions.because, parent, to_id(media_id), first)


async def set_tag_threshold(info: Info, id: strawberry.ID, min_confidence: float) -> Tag:
    return await info.context.run(info.context.library.learner.set_threshold, to_id(id, "tag"), min_confidence)


async def undo_tagging(info: Info, job_id: strawberry.ID) -> Undone:
    return await info.context.run(info.context.library.learner.undo, to_id(job_id, "job"))
