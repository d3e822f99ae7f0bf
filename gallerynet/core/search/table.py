"""Vectors as the database keeps them: sqlite-vec's table ``vec_media``."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import sqlalchemy as sa

from gallerynet.core.database import Database
from gallerynet.core.database.tables import outdated_vectors, vec_media
from gallerynet.core.search.hits import Positions, choose
from gallerynet.core.search.index import Hits, Keys, Page, Vector, View, copied, exact_cosines

# By how much sqlite-vec's sums, in single precision, may differ from ours.
SLACK = 1e-4

# What another model left behind means nothing to this one.
_CURRENT = vec_media.c.key.not_in(sa.select(outdated_vectors.c.key))

# How sqlite-vec keeps a table: chunks with a bit and a key for each place, and the chunk's vectors in one blob. Read
# so, 100,000 take a fifth of a second; by its virtual table a second and more.
_CHUNKS = (
    "SELECT chunks.size, chunks.validity, chunks.rowids, kept.vectors FROM vec_media_chunks AS chunks "
    "JOIN vec_media_vector_chunks00 AS kept ON kept.rowid = chunks.chunk_id"
)


class SqliteIndex:
    """sqlite-vec's own scan: for machines without the memory for all vectors."""

    def __init__(self, database: Database, dimensions: int) -> None:
        self._database = database
        self._dimensions = dimensions

    def __len__(self) -> int:
        with self._database.read() as connection:
            count: int = connection.execute(_select(sa.func.count()).select_from(vec_media)).scalar_one()
            return count

    def get(self, key: int) -> Vector | None:
        with self._database.read() as connection:
            return _get(connection, key)

    def view(self) -> View:
        """Read as it is asked for: each reading is of one moment, and two may differ."""

        def blocks() -> Iterator[tuple[Keys, Vector]]:
            with self._database.read() as connection:
                yield from read_blocks(connection, self._dimensions)

        return View(self._dimensions, blocks)

    def snapshot(self) -> tuple[Keys, Vector]:
        return copied(self.view())

    def search(
        self, query: Vector, min_cosine: float, only: Keys | None, without: Keys | None, page: Page | None = None
    ) -> Hits:
        # Its k-nearest form stops at 4096 items; the distance of every row does not.
        cosine = 1 - sa.func.vec_distance_cosine(vec_media.c.embedding, query.astype("<f4").tobytes())
        with self._database.read() as connection:
            near_enough = _select(vec_media.c.key, cosine).where(cosine >= min_cosine - SLACK)
            found = sorted((key, value) for key, value in connection.execute(near_enough))
            keys = np.array([row[0] for row in found], dtype=np.int64)
            near = np.array([row[1] for row in found], dtype=np.float32)
            wanted = np.ones(len(keys), dtype=bool) if only is None else np.isin(keys, only)
            if without is not None:
                wanted &= ~np.isin(keys, without)

            def exact(rows: Positions) -> Vector:
                vectors = [_get(connection, key) for key in keys[rows].tolist()]
                return np.array([exact_cosines(vector, query) for vector in vectors if vector is not None])

            low, high = near - np.float32(SLACK), near + np.float32(SLACK)
            return choose(keys, np.flatnonzero(wanted), low, high, exact, min_cosine, page)


def read_blocks(connection: sa.Connection, dimensions: int) -> Iterator[tuple[Keys, Vector]]:
    """All keys and vectors of the model in use, some hundred at a time."""
    outdated = np.fromiter(connection.execute(sa.select(outdated_vectors.c.key)).scalars(), dtype=np.int64)
    for size, validity, rowids, vectors in connection.exec_driver_sql(_CHUNKS):
        used = np.unpackbits(np.frombuffer(validity, dtype=np.uint8), bitorder="little")[:size].astype(bool)
        keys = np.frombuffer(rowids, dtype="<i8")
        if len(outdated):
            used &= ~np.isin(keys, outdated)
        kept = np.frombuffer(vectors, dtype="<f4").reshape(size, dimensions)
        if used.all():
            yield keys, kept
        elif used.any():
            yield keys[used], kept[used]


def _select(*columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    return sa.select(*columns).where(_CURRENT)


def _get(connection: sa.Connection, key: int) -> Vector | None:
    blob = connection.execute(_select(vec_media.c.embedding).where(vec_media.c.key == key)).scalar()
    return None if blob is None else np.frombuffer(blob, dtype="<f4").astype(np.float32)
