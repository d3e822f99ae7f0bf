"""The library as learning sees it: features of items, scores of all of them, a sample of what is unlabelled."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gallerynet.core.search.index import Keys, Vector, VectorIndex
from gallerynet.core.tags.learning import Hyperplane, centred, own_scores
from gallerynet.core.tags.neighbours import Links, Neighbours, vectors_of

BACKGROUND = 1_000
OWN_SHARE = np.float32(0.5)  # of an item's own embedding in its feature; the rest is its neighbours'
_SCATTER = np.uint64(0x9E3779B97F4A7C15)  # odd: multiplying by it permutes the keys


@dataclass(frozen=True)
class Background:
    """What anything is told from: a sample of the library, drawn by key, so that it grows with the library.

    Features have the shape (n, dimensions); ``center`` is the mean embedding about which they are taken.
    """

    keys: Keys
    features: Vector
    center: Vector


class LibraryFeatures:
    def __init__(self, index: VectorIndex, neighbours: Neighbours, dimensions: int) -> None:
        self._index = index
        self._neighbours = neighbours
        self._dimensions = dimensions
        self._lock = threading.Lock()
        self._background: tuple[Links, Background] | None = None

    def background(self) -> Background:
        keys, links = self._neighbours.graph()
        with self._lock:
            if self._background is None or self._background[0] is not links:
                drawn = np.sort(keys[np.argsort(keys.astype(np.uint64) * _SCATTER, kind="stable")[:BACKGROUND]])
                center = vectors_of(self._index, drawn, self._dimensions).mean(axis=0, dtype=np.float64)
                middle = center.astype(np.float32) if len(drawn) else np.zeros(self._dimensions, dtype=np.float32)
                self._background = (links, Background(drawn, self.of(drawn, middle), middle))
            return self._background[1]

    def keys(self) -> Keys:
        """Of everything that can be learned from, rising."""
        return self._neighbours.graph()[0]

    def vectors(self, keys: Keys) -> Vector:
        """Unit vectors of items, shape (n, dimensions)."""
        return vectors_of(self._index, keys, self._dimensions)

    def of(self, keys: Keys, center: Vector) -> Vector:
        """Features of items that the library holds, shape (n, dimensions)."""
        everything, links = self._neighbours.graph()
        rows = np.searchsorted(everything, keys)
        near = links[rows] if len(rows) else links[:0]
        columns = np.unique(np.concatenate([near.indices, rows]))
        units = centred(self.vectors(everything[columns]), center)
        means = near[:, columns] @ units
        features: Vector = OWN_SHARE * units[np.searchsorted(columns, rows)] + (1 - OWN_SHARE) * means
        return features.astype(np.float32)

    def scores(self, planes: Sequence[Hyperplane]) -> tuple[Keys, Vector]:
        """All keys, rising, and the scores of their features by each hyperplane, shape (n, len(planes))."""
        everything, links = self._neighbours.graph()
        own = np.zeros((len(everything), len(planes)), dtype=np.float32)
        for keys, vectors in self._index.view().blocks() if planes else ():
            rows = np.searchsorted(everything, keys)
            known = rows < len(everything)
            known[known] = everything[rows[known]] == keys[known]
            own[rows[known]] = own_scores(vectors[known] if not known.all() else vectors, planes)
        scores: Vector = OWN_SHARE * own + (1 - OWN_SHARE) * (links @ own)
        return everything, scores

    def score_of_new(self, vector: Vector, near: tuple[Keys, Vector], planes: Sequence[Hyperplane]) -> Vector:
        """Of an item that comes in, by its vector, its neighbours and how much each counts; shape (len(planes),)."""
        keys, weights = near
        own: Vector = own_scores(vector[np.newaxis], planes)[0]
        if not len(keys):
            return own
        means = weights @ own_scores(self.vectors(keys), planes)
        scores: Vector = OWN_SHARE * own + (1 - OWN_SHARE) * means
        return scores
