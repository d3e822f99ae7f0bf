"""Files on their way in."""

import asyncio

import strawberry

from gallerynet.core.errors import InvalidInput
from gallerynet.core.ingest.pipeline import Outcome
from gallerynet.core.ingest.receive import Received
from gallerynet.resolvers.context import Info
from gallerynet.resolvers.inputs import to_id


async def upload_media(
    info: Info,
    files: list[Received],
    folder_id: strawberry.ID | None = None,
    allow_near_duplicates: bool = False,
) -> list[Outcome]:
    library = info.context.library
    if not files:
        raise InvalidInput("There are no files in the request.")
    folder = None if folder_id is None else to_id(folder_id, "folder")
    if folder is not None:
        await info.context.run(library.folders.find, folder)
    return await asyncio.gather(
        *(info.context.run_ingest(library.ingest.add, file, folder, allow_near_duplicates) for file in files)
    )
