"""Which items are joined, at each of some cosines."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from gallerynet.core.search.index import Keys, Vector

STEP = 0.02

Positions = NDArray[np.int64]


@dataclass(frozen=True)
class Ladder:
    """Which positions are joined by links of at least each of some cosines."""

    levels: Vector  # rising, the last is 1
    labels: NDArray[np.int32]  # (levels, positions)

    @classmethod
    def of(cls, count: int, first: Positions, second: Positions, cosines: Vector, floor: float) -> "Ladder":
        levels = np.append(np.arange(floor + STEP, 1, STEP), 1).astype(np.float32)
        labels = np.empty((len(levels), count), dtype=np.int32)
        for number, level in enumerate(levels):
            strong = cosines >= level
            labels[number] = labels_of(count, first[strong], second[strong])
        return cls(levels, labels)

    def useful(self, rows: Positions, columns: Positions, most: Vector) -> NDArray[np.bool_]:
        """Not joined already by links that are at least as strong as the pair can be."""
        level = np.searchsorted(self.levels, np.minimum(most, 1))
        different: NDArray[np.bool_] = self.labels[level, rows] != self.labels[level, columns]
        return different


def labels_of(count: int, first: Positions, second: Positions) -> NDArray[np.int32]:
    """The number of each position's connected component."""
    graph = coo_array((np.ones(len(first), dtype=bool), (first, second)), shape=(count, count))
    labels: NDArray[np.int32] = connected_components(graph, directed=False)[1]
    return labels


def members(keys: Keys, labels: NDArray[np.int32]) -> list[Keys]:
    """The keys of each component of two and more, rising as the keys do."""
    order = np.argsort(labels, kind="stable")
    bounds = np.flatnonzero(np.diff(labels[order])) + 1
    return [part for part in np.split(keys[order], bounds) if len(part) > 1]
