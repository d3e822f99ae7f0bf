"""Search by likeness."""

import strawberry

from gallerynet.core.errors import InvalidInput
from gallerynet.core.media.listing import check_page_size
from gallerynet.core.media.model import Media
from gallerynet.core.search.groups import Group
from gallerynet.core.search.likeness import Reference
from gallerynet.core.search.linkage import Linkage
from gallerynet.resolvers.connections import (
    GroupConnection,
    SimilarConnection,
    group_connection,
    similar_connection,
)
from gallerynet.resolvers.context import Context, Info
from gallerynet.resolvers.inputs import MediaFilter, SimilarityReference, to_filter, to_id
from gallerynet.resolvers.media import After, First, Item


async def similar_media(
    info: Info,
    reference: SimilarityReference,
    min_similarity: float = 70,
    first: First = 60,
    after: After = None,
    filter: MediaFilter | None = None,
) -> SimilarConnection:
    found = await _reference(info.context, reference)
    likeness = info.context.library.likeness
    return similar_connection(
        await info.context.run(likeness.similar, found, min_similarity, first, after, to_filter(filter))
    )


async def similar(info: Info, parent: Item, first: First = 60, min_similarity: float = 70) -> SimilarConnection:
    likeness = info.context.library.likeness
    reference = await info.context.run(likeness.by_item, parent.id)
    return similar_connection(await info.context.run(likeness.similar, reference, min_similarity, first, None))


async def similar_groups(
    info: Info,
    min_similarity: float = 80,
    filter: MediaFilter | None = None,
    first: First = 60,
    after: After = None,
    linkage: Linkage = Linkage.SINGLE,
) -> GroupConnection:
    groups = info.context.library.groups
    return group_connection(
        await info.context.run(groups.similar, min_similarity, to_filter(filter), first, after, linkage)
    )


async def group_media(info: Info, parent: strawberry.Parent[Group], first: First = 60) -> list[Media]:
    check_page_size(first)
    found = await info.context.loaders.media_by_key.load_many(parent.keys[:first])
    return [item for item in found if item is not None]


async def group_best(info: Info, parent: strawberry.Parent[Group]) -> Media | None:
    best = await info.context.loaders.best_of_group.load(parent)
    return None if best is None else await info.context.loaders.media_by_key.load(best.key)


async def _reference(context: Context, given: SimilarityReference) -> Reference:
    library = context.library
    if given.image:
        vector = await context.run_ingest(library.ingest.embed_picture, given.image)
        return await context.run(library.likeness.remember, vector)
    if given.media_id:
        return await context.run(library.likeness.by_item, to_id(given.media_id))
    if given.reference_id:
        return await context.run(library.likeness.by_reference, to_id(given.reference_id, "reference"))
    if given.text:
        vector = await context.run(library.embedder.embed_text, given.text)
        return await context.run(library.likeness.remember, vector)
    raise InvalidInput("A reference is an item's id, a picture, a text, or the referenceId of an earlier search.")
