"""The likeness graph: each item with the few that are most like it.

An item is linked to the nearest of those that were there when it came, which is found once and kept as a row. Links
count both ways, so what comes later reaches back to it, and nothing that is kept ever has to be found again.
"""

import threading
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from gallerynet.core.database import Changes, Database, Transaction
from gallerynet.core.database.tables import media, media_neighbours
from gallerynet.core.search.index import Keys, Page, Vector, VectorIndex

LINKS = 8
SHARPNESS = 3  # a neighbour counts by this power of its cosine: likenesses by chance lie about .2
AT_ONCE = 512
PAIRS_AT_ONCE = 40_000_000  # comparisons that nobody is made to wait long for: about a second
_LOOSER = (0.6, 0.3, -1.0)  # cosines to look above, until there are enough

Report = Callable[[int, int], None]
Links: TypeAlias = Any  # scipy's csr_array, which has no types


class Neighbours:
    def __init__(self, database: Database, index: VectorIndex, embedding_model: str) -> None:
        self._database = database
        self._index = index
        self._embedding_model = embedding_model
        self._lock = threading.Lock()
        self._version = 0
        self._known: tuple[int, Keys, Links] | None = None
        database.on_commit(self._follow)

    def note(self, tx: Transaction, key: int, vector: Vector) -> tuple[Keys, Vector]:
        """Finds and keeps the neighbours of a new item; returns their keys and how much each counts, 1 in all."""
        keys, cosines = _nearest(self._index, vector, key)
        self._keep(tx, [key], keys[np.newaxis], cosines[np.newaxis])
        weights = np.maximum(cosines, 0) ** SHARPNESS
        return keys, (weights / max(float(weights.sum()), 1e-9)).astype(np.float32)

    def graph(self) -> tuple[Keys, Links]:
        """All keys that the index holds, rising, and the matrix that takes their neighbours' mean, (n, n)."""
        with self._lock:
            version = self._version
            if self._known is None or self._known[0] != version:
                keys = self._index.view().keys
                self._known = (version, keys, self._read(keys))
            return self._known[1], self._known[2]

    def complete(self, report: Report | None = None) -> int:
        """Links items that have no neighbours yet; returns how many.

        Without ``report`` only as long as it is quick: the job REPAIR does the rest.
        """
        keys, _ = self.graph()
        with self._database.read() as connection:
            current = media_neighbours.c.embedding_model == self._embedding_model
            linked = np.fromiter(
                connection.execute(sa.select(media_neighbours.c.media_key).where(current)).scalars(), np.int64
            )
        missing = np.setdiff1d(keys, linked)
        if report is None:
            missing = missing[: max(0, PAIRS_AT_ONCE // max(1, len(keys)))]
        for start in range(0, len(missing), AT_ONCE):
            if report is not None:
                report(start, len(missing))
            part = missing[start : start + AT_ONCE]
            found, cosines = _nearest_of_each(self._index, part)
            with self._database.write() as tx:
                alive = set(tx.execute(sa.select(media.c.key).where(media.c.key.in_(part.tolist()))).scalars())
                there = np.isin(part, list(alive))
                self._keep(tx, part[there].tolist(), found[there], cosines[there])
            with self._lock:
                self._version += 1
        return len(missing)

    def _read(self, keys: Keys) -> Links:
        query = sa.select(media_neighbours).where(media_neighbours.c.embedding_model == self._embedding_model)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        sources = np.repeat(
            np.array([row.media_key for row in rows], dtype=np.int64), [len(row.neighbours) // 8 for row in rows]
        )
        targets = np.frombuffer(b"".join(row.neighbours for row in rows), dtype="<i8").astype(np.int64)
        cosines = np.frombuffer(b"".join(row.cosines for row in rows), dtype="<f4").astype(np.float32)
        present = np.isin(sources, keys) & np.isin(targets, keys)
        ends = np.searchsorted(keys, sources[present]), np.searchsorted(keys, targets[present])
        return averaging(len(keys), *ends, cosines[present])

    def _keep(self, tx: Transaction, keys: list[int], neighbours: NDArray[np.int64], cosines: Vector) -> None:
        if not keys:
            return
        statement = sqlite_insert(media_neighbours)
        columns = ("embedding_model", "neighbours", "cosines")
        there = neighbours >= 0
        tx.execute(
            statement.on_conflict_do_update(set_={name: statement.excluded[name] for name in columns}),
            [
                {
                    "media_key": key,
                    "embedding_model": self._embedding_model,
                    "neighbours": near[known].astype("<i8").tobytes(),
                    "cosines": alike[known].astype("<f4").tobytes(),
                }
                for key, near, alike, known in zip(keys, neighbours, cosines, there, strict=True)
            ],
        )

    def _follow(self, changes: Changes) -> None:
        if changes.vectors or changes.removed_vectors:
            with self._lock:
                self._version += 1


def averaging(count: int, first: NDArray[Any], second: NDArray[Any], cosines: Vector) -> Links:
    """The matrix that gives each of ``count`` items the weighted mean of those that it is linked with.

    Links count both ways. An item without any has itself for a neighbour.
    """
    weights = np.maximum(cosines, 0) ** SHARPNESS
    one_way = csr_array((weights, (first, second)), shape=(count, count), dtype=np.float32)
    both = csr_array(one_way.maximum(one_way.T))
    sums = both.sum(axis=1)
    alone = (sums <= 0).astype(np.float32)
    return csr_array(diags_array(1 / np.where(sums > 0, sums, 1)) @ both + diags_array(alone), dtype=np.float32)


def vectors_of(index: VectorIndex, keys: Keys, dimensions: int) -> Vector:
    """The vectors of these keys, shape (n, dimensions); zeros for what has just gone."""
    found = np.zeros((len(keys), dimensions), dtype=np.float32)
    for row, key in enumerate(keys.tolist()):
        vector = index.get(key)
        if vector is not None:
            found[row] = vector
    return found


def _nearest(index: VectorIndex, vector: Vector, own_key: int) -> tuple[Keys, Vector]:
    """The LINKS items nearest to a vector, and their cosines."""
    own = np.array([own_key], dtype=np.int64)
    for least in _LOOSER:
        hits = index.search(vector, least, None, own, Page(LINKS))
        if len(hits.keys) >= LINKS:
            break
    return hits.keys, hits.cosines


def _nearest_of_each(index: VectorIndex, keys: Keys) -> tuple[NDArray[np.int64], Vector]:
    """For each key the LINKS nearest other items and their cosines, shape (n, LINKS); key -1 where there are fewer."""
    queries: Vector | None = None
    best = np.full((len(keys), LINKS), -1, dtype=np.int64)
    cosines = np.full((len(keys), LINKS), -2, dtype=np.float32)
    for present, vectors in index.view().blocks():
        if queries is None:
            queries = vectors_of(index, keys, vectors.shape[1])
        products = queries @ vectors.T
        products[keys[:, np.newaxis] == present] = -2
        all_keys = np.concatenate([best, np.broadcast_to(present, products.shape)], axis=1)
        all_cosines = np.concatenate([cosines, products], axis=1)
        order = np.argpartition(-all_cosines, min(LINKS, all_cosines.shape[1]) - 1, axis=1)[:, :LINKS]
        best = np.take_along_axis(all_keys, order, axis=1)
        cosines = np.take_along_axis(all_cosines, order, axis=1)
    best[cosines <= -2] = -1
    return best, cosines
