"""Folders: their list, one of them, what is in it, changes."""

import strawberry

from gallerynet.core.errors import NotFound
from gallerynet.core.folders import Folder
from gallerynet.core.ids import Deleted
from gallerynet.core.media.model import Media
from gallerynet.resolvers.connections import MediaConnection
from gallerynet.resolvers.context import Info
from gallerynet.resolvers.inputs import MediaFilter, MediaSort, to_id, to_ids
from gallerynet.resolvers.media import After, First
from gallerynet.resolvers.media import media as list_media


async def folders(info: Info) -> list[Folder]:
    return await info.context.run(info.context.library.folders.all)


async def folder(info: Info, id: strawberry.ID) -> Folder | None:
    try:
        return await info.context.run(info.context.library.folders.find, to_id(id, "folder"))
    except NotFound:
        return None


async def cover(info: Info, parent: strawberry.Parent[Folder]) -> Media | None:
    return None if parent.cover_key is None else await info.context.loaders.media_by_key.load(parent.cover_key)


async def media(
    info: Info,
    parent: strawberry.Parent[Folder],
    first: First = 60,
    after: After = None,
    filter: MediaFilter | None = None,
    sort: MediaSort | None = None,
) -> MediaConnection:
    inside = filter or MediaFilter()
    inside.folder_id = strawberry.ID(parent.id)
    return await list_media(info, first, after, inside, sort)


async def create_folder(info: Info, name: str) -> Folder:
    return await info.context.run(info.context.library.folders.create, name)


async def rename_folder(info: Info, id: strawberry.ID, name: str) -> Folder:
    return await info.context.run(info.context.library.folders.rename, to_id(id, "folder"), name)


async def delete_folder(info: Info, id: strawberry.ID) -> Deleted:
    return await info.context.run(info.context.library.folders.delete, to_id(id, "folder"))


async def reorder_folders(info: Info, ids: list[strawberry.ID]) -> list[Folder]:
    return await info.context.run(info.context.library.folders.reorder, to_ids(ids, "folder"))


async def remove_from_folder(info: Info, folder_id: strawberry.ID, media_ids: list[strawberry.ID]) -> Folder:
    folders_of_library = info.context.library.folders
    return await info.context.run(folders_of_library.remove, to_id(folder_id, "folder"), to_ids(media_ids))


async def add_to_folder(info: Info, folder_id: strawberry.ID, media_ids: list[strawberry.ID]) -> Folder:
    folders_of_library = info.context.library.folders
    return await info.context.run(folders_of_library.add, to_id(folder_id, "folder"), to_ids(media_ids))
