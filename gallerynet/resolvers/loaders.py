"""What belongs to many items at once, read by one statement each: so no list costs a query per row."""

import asyncio
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from strawberry.dataloader import DataLoader

from gallerynet.core.database import Database
from gallerynet.core.database.tables import tags as tag_table
from gallerynet.core.folders import Folder, folders_of
from gallerynet.core.ids import Id
from gallerynet.core.media.model import Media
from gallerynet.core.media.rows import exif_of, find_by_keys
from gallerynet.core.search.best import Best, best_of
from gallerynet.core.search.groups import Group
from gallerynet.core.tags.model import MediaTag, Tag
from gallerynet.core.tags.names import read_tags, staleness, tags_of

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Loaders:
    """Nothing is cached beyond one round: a WebSocket's loaders live as long as it does, and its library changes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.media_tags: DataLoader[Id, list[MediaTag]] = self._loader(tags_of)
        self.media_folders: DataLoader[Id, list[Folder]] = self._loader(folders_of)
        self.exif: DataLoader[Id, dict[str, str] | None] = self._loader(exif_of)
        self.tag: DataLoader[int, Tag] = self._loader(_tags_by_key)
        self.staleness: DataLoader[int, bool] = self._loader(staleness)
        self.best_of_group: DataLoader[Group, Best | None] = self._loader(best_of)
        self.media_by_key: DataLoader[int, Media | None] = self._loader(_media_by_key)

    def _loader(self, read: Callable[[sa.Connection, Sequence[K]], Mapping[K, V]]) -> DataLoader[K, Any]:
        def read_all(keys: list[K]) -> list[V | None]:
            with self._database.read() as connection:
                found = read(connection, list(dict.fromkeys(keys)))
            return [found.get(key) for key in keys]

        async def load(keys: list[K]) -> list[V | None]:
            return await asyncio.to_thread(read_all, keys)

        return DataLoader(load_fn=load, cache=False)


def _tags_by_key(connection: sa.Connection, keys: Sequence[int]) -> dict[int, Tag]:
    return {tag.key: tag for tag in read_tags(connection, tag_table.c.id.in_(keys))}


def _media_by_key(connection: sa.Connection, keys: Sequence[int]) -> dict[int, Media]:
    return {item.key: item for item in find_by_keys(connection, keys)}
