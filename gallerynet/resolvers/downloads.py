"""Many originals at once."""

import strawberry

from gallerynet.core.downloads.plans import Part, Plan
from gallerynet.resolvers.context import Info
from gallerynet.resolvers.inputs import MediaSelection, to_filter, to_ids


async def plan_download(info: Info, selection: MediaSelection) -> Plan:
    downloads = info.context.library.downloads
    if isinstance(selection.ids, list):
        return await info.context.run(downloads.plan, to_ids(selection.ids), None)
    return await info.context.run(downloads.plan, None, to_filter(selection.filter))


def url(parent: strawberry.Parent[Part]) -> str:
    return f"/downloads/{parent.id}"
