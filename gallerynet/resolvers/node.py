"""Anything by its id."""

import strawberry

from gallerynet.core.errors import NotFound
from gallerynet.core.folders import Folder
from gallerynet.core.ids import Id, parse_id
from gallerynet.core.jobs import Job
from gallerynet.core.library import Library
from gallerynet.core.media.model import Media
from gallerynet.core.media.rows import find
from gallerynet.core.tags.model import Tag
from gallerynet.core.tags.names import find_tag
from gallerynet.resolvers.context import Info


async def node(info: Info, id: strawberry.ID) -> Media | Folder | Tag | Job | None:
    library = info.context.library
    identity = parse_id(id)
    return None if identity is None else await info.context.run(_find, library, identity)


def _find(library: Library, identity: Id) -> Media | Folder | Tag | Job | None:
    def media(identity: Id) -> Media:
        with library.database.read() as connection:
            return find(connection, identity)

    def tag(identity: Id) -> Tag:
        with library.database.read() as connection:
            return find_tag(connection, identity)

    for look_up in (media, library.folders.find, tag, library.jobs.find):
        try:
            return look_up(identity)
        except NotFound:
            continue
    return None
