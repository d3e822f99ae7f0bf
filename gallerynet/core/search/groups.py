"""Groups of items that look alike."""

import hashlib
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from gallerynet.core.database import Changes, Database
from gallerynet.core.database.tables import media
from gallerynet.core.errors import InvalidInput
from gallerynet.core.ids import Id
from gallerynet.core.media.filters import MediaFilter, conditions
from gallerynet.core.media.listing import check_page_size, decode_cursor, encode_cursor
from gallerynet.core.search.index import DECIMALS, Keys, Vector, VectorIndex
from gallerynet.core.search.likeness import cosine_of

BLOCK = 1024
EDGES_AT_ONCE = 4_000_000
CACHED_ANSWERS = 16


@dataclass(frozen=True, slots=True)
class Group:
    """Keys rising. The id stays while the members do."""

    id: Id
    keys: tuple[int, ...]

    @property
    def size(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, slots=True)
class GroupPage:
    groups: list[Group]
    cursors: list[str]
    total_count: int
    has_next: bool
    has_previous: bool


class Groups:
    """Answers stay until the library changes."""

    def __init__(self, database: Database, index: VectorIndex) -> None:
        self._database = database
        self._index = index
        self._cache: dict[object, list[Group]] = {}
        self._version = 0
        self._lock = threading.Lock()
        database.on_commit(self._forget)

    def similar(self, min_similarity: float, wanted: MediaFilter, first: int, after: str | None) -> GroupPage:
        """Connected components of the graph that links items of at least that similarity; singles are left out.

        Raises InvalidInput for a similarity or page size out of range.
        """
        cosine = cosine_of(min_similarity)

        def compute() -> Iterable[Keys]:
            keys, vectors = self._index.snapshot()
            kept = np.isin(keys, self._keys(wanted))
            return components(keys[kept], vectors[kept], cosine)

        return _page(self._cached((min_similarity, wanted), compute), first, after)

    def _cached(self, question: object, compute: Callable[[], Iterable[Keys]]) -> list[Group]:
        with self._lock:
            version = self._version
            found = self._cache.get(question)
        if found is not None:
            return found
        found = sorted((_group(keys) for keys in compute()), key=lambda group: (-group.size, group.keys[0]))
        with self._lock:
            if version == self._version:
                while len(self._cache) >= CACHED_ANSWERS:
                    self._cache.pop(next(iter(self._cache)))
                self._cache[question] = found
        return found

    def _forget(self, changes: Changes) -> None:
        if changes.last_cursor is not None:
            with self._lock:
                self._version += 1
                self._cache.clear()

    def _keys(self, wanted: MediaFilter) -> Keys:
        with self._database.read() as connection:
            found = connection.execute(sa.select(media.c.key).where(*conditions(wanted))).scalars()
            return np.fromiter(found, dtype=np.int64)


def components(keys: Keys, vectors: Vector, min_cosine: float) -> list[Keys]:
    """Groups of two and more keys that are linked, directly or through others, by a cosine of at least that.

    Exact, with memory for BLOCK rows of cosines and EDGES_AT_ONCE links: links are folded into labels as they come, and
    those between items that are joined already are not kept.
    """
    labels = np.arange(len(keys))
    waiting: list[NDArray[np.int64]] = []
    count = 0
    for start in range(0, len(keys), BLOCK):
        block = vectors[start : start + BLOCK]
        near = np.round(block @ vectors[start:].T, DECIMALS) >= np.float32(min_cosine)
        rows, columns = np.nonzero(near)
        later = columns > rows
        ends = np.stack([rows[later] + start, columns[later] + start])
        ends = ends[:, labels[ends[0]] != labels[ends[1]]]
        waiting.append(ends)
        count += ends.shape[1]
        if count > EDGES_AT_ONCE:
            labels = _join(labels, *np.concatenate(waiting, axis=1))
            waiting, count = [], 0
    if waiting:
        labels = _join(labels, *np.concatenate(waiting, axis=1))
    return _members(keys, labels)


def _join(labels: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """The labels after items at these positions have been linked."""
    size = len(labels)
    graph = coo_array((np.ones(len(one), dtype=bool), (labels[one], labels[other])), shape=(size, size))
    joined: NDArray[np.int64] = connected_components(graph, directed=False)[1][labels]
    return joined


def _members(keys: Keys, labels: NDArray[np.int64]) -> list[Keys]:
    order = np.argsort(labels, kind="stable")
    bounds = np.flatnonzero(np.diff(labels[order])) + 1
    return [np.sort(keys[part]) for part in np.split(order, bounds) if len(part) > 1]


def _group(keys: Keys) -> Group:
    digest = hashlib.blake2b(np.sort(keys).astype("<i8").tobytes(), digest_size=16).digest()
    return Group(Id(str(UUID(bytes=digest))), tuple(int(key) for key in keys))


def _page(groups: list[Group], first: int, after: str | None) -> GroupPage:
    """Largest first; a cursor holds a group's size and lowest key."""
    check_page_size(first)
    start = 0
    if after is not None:
        size, key = _read_cursor(after)
        start = sum((-group.size, group.keys[0]) <= (-size, key) for group in groups)
    page = groups[start : start + first]
    cursors = [encode_cursor(group.size, group.keys[0]) for group in page]
    return GroupPage(page, cursors, len(groups), start + first < len(groups), start > 0)


def _read_cursor(cursor: str) -> tuple[int, int]:
    parts: list[Any] = decode_cursor(cursor, 2)
    if not all(isinstance(part, int) for part in parts):
        raise InvalidInput("after is no cursor of this list.")
    return parts[0], parts[1]
