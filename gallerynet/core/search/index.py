"""The vectors of the library, ready to be searched.

``vec_media`` in the database is the truth. ``MemoryIndex`` holds its rows in one matrix and follows each commit;
``SqliteIndex`` asks the table itself, which is slower and takes no memory. Their answers are the same.
"""

import threading
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from gallerynet.core.database import Changes, Database
from gallerynet.core.database.tables import outdated_vectors, vec_media

Vector = NDArray[np.float32]
Keys = NDArray[np.int64]

# Sums in another order differ in the last bits; pages of one list must not.
DECIMALS = 6

# What another model left behind means nothing to this one.
_CURRENT = vec_media.c.key.not_in(sa.select(outdated_vectors.c.key))


@dataclass(frozen=True)
class Hits:
    """Items by falling cosine, equal ones by rising key. Both arrays have the shape (n,)."""

    keys: Keys
    cosines: Vector


class VectorIndex(Protocol):
    def __len__(self) -> int: ...

    def get(self, key: int) -> Vector | None:
        """The unit vector of an item, or None where it has none."""

    def snapshot(self) -> tuple[Keys, Vector]:
        """All keys, rising, and their vectors, shape (n, dimensions): copies, for work that takes time."""

    def search(self, query: Vector, min_cosine: float, only: Keys | None, without: Keys | None) -> Hits:
        """All items whose cosine with the unit vector ``query`` is at least ``min_cosine``.

        ``only`` restricts the answer to these keys, ``without`` leaves these out.
        """


class MemoryIndex:
    """One float32 matrix, a row an item. Searches are exact: one matrix product."""

    def __init__(self, database: Database, dimensions: int) -> None:
        keys, vectors = read_vectors(database, dimensions)
        self._lock = threading.Lock()
        self._count = len(keys)
        self._keys = keys
        self._matrix = vectors
        self._rows = {int(key): row for row, key in enumerate(keys)}
        database.on_commit(self._follow)

    def __len__(self) -> int:
        return self._count

    def get(self, key: int) -> Vector | None:
        with self._lock:
            row = self._rows.get(key)
            return None if row is None else self._matrix[row].copy()

    def snapshot(self) -> tuple[Keys, Vector]:
        with self._lock:
            order = np.argsort(self._keys[: self._count])
            return self._keys[order], self._matrix[order]

    def search(self, query: Vector, min_cosine: float, only: Keys | None, without: Keys | None) -> Hits:
        with self._lock:
            cosines = self._matrix[: self._count] @ query
            rows = np.flatnonzero(cosines >= min_cosine - 10**-DECIMALS)
            keys, cosines = self._keys[rows], cosines[rows]
        return select_hits(keys, cosines, min_cosine, only, without)

    def _follow(self, changes: Changes) -> None:
        with self._lock:
            for key in changes.removed_vectors:
                self._remove(key)
            for key, vector in changes.vectors.items():
                self._put(key, vector)

    def _put(self, key: int, vector: Vector) -> None:
        row = self._rows.get(key)
        if row is None:
            row = self._count
            if row == len(self._matrix):
                self._grow()
            self._keys[row] = key
            self._rows[key] = row
            self._count += 1
        self._matrix[row] = vector

    def _remove(self, key: int) -> None:
        row = self._rows.pop(key, None)
        if row is None:
            return
        self._count -= 1
        if row != self._count:  # the last row moves into the hole
            self._matrix[row] = self._matrix[self._count]
            self._keys[row] = self._keys[self._count]
            self._rows[int(self._keys[row])] = row

    def _grow(self) -> None:
        capacity = max(1024, len(self._matrix) * 5 // 4)
        matrix = np.empty((capacity, self._matrix.shape[1]), dtype=np.float32)
        keys = np.empty(capacity, dtype=np.int64)
        matrix[: self._count] = self._matrix[: self._count]
        keys[: self._count] = self._keys[: self._count]
        self._matrix, self._keys = matrix, keys


class SqliteIndex:
    """sqlite-vec's own scan: for machines without the memory for a matrix."""

    def __init__(self, database: Database, dimensions: int) -> None:
        self._database = database
        self._dimensions = dimensions

    def __len__(self) -> int:
        with self._database.read() as connection:
            return _count(connection)

    def get(self, key: int) -> Vector | None:
        with self._database.read() as connection:
            blob = connection.execute(_select(vec_media.c.embedding).where(vec_media.c.key == key)).scalar()
        return None if blob is None else _vector(blob)

    def snapshot(self) -> tuple[Keys, Vector]:
        return read_vectors(self._database, self._dimensions)

    def search(self, query: Vector, min_cosine: float, only: Keys | None, without: Keys | None) -> Hits:
        # Its k-nearest form stops at 4096 items; the distance of every row does not.
        cosine = 1 - sa.func.vec_distance_cosine(vec_media.c.embedding, query.astype("<f4").tobytes())
        with self._database.read() as connection:
            rows = connection.execute(
                _select(vec_media.c.key, cosine).where(cosine >= min_cosine - 10**-DECIMALS)
            ).all()
        keys = np.array([row[0] for row in rows], dtype=np.int64)
        cosines = np.array([row[1] for row in rows], dtype=np.float32)
        return select_hits(keys, cosines, min_cosine, only, without)


def read_vectors(database: Database, dimensions: int) -> tuple[Keys, Vector]:
    """All vectors of the model in use, by rising key."""
    with database.read() as connection:
        count = _count(connection)
        keys = np.empty(count, dtype=np.int64)
        vectors = np.empty((count, dimensions), dtype=np.float32)
        for position, (key, blob) in enumerate(connection.execute(_select(vec_media.c.key, vec_media.c.embedding))):
            keys[position] = key
            vectors[position] = _vector(blob)
    order = np.argsort(keys)
    return keys[order], vectors[order]


def _select(*columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    return sa.select(*columns).where(_CURRENT)


def _count(connection: sa.Connection) -> int:
    count: int = connection.execute(_select(sa.func.count()).select_from(vec_media)).scalar_one()
    return count


def _vector(blob: bytes) -> Vector:
    return np.frombuffer(blob, dtype="<f4").astype(np.float32)


def select_hits(keys: Keys, cosines: Vector, min_cosine: float, only: Keys | None, without: Keys | None) -> Hits:
    """The hits among candidates: rounded, filtered, in order."""
    cosines = np.clip(np.round(cosines, DECIMALS), -1, 1)
    kept = cosines >= np.float32(min_cosine)
    if only is not None:
        kept &= np.isin(keys, only)
    if without is not None and len(without):
        kept &= ~np.isin(keys, without)
    keys, cosines = keys[kept], cosines[kept]
    order = np.lexsort((keys, -cosines))
    return Hits(keys[order], cosines[order])
