"""Search by likeness: how many of the first hits show what the picture shows that was searched by."""

from dataclasses import dataclass

import numpy as np

from gallerynet.core.search.index import Vector, exact_cosines
from gallerynet.evaluation.split import Labelled, halves

TEXT = """
Each picture is searched by, and what comes back is right where it has the same label: the first result, the first
ten, and the whole order (mean average precision). Search compares embeddings *as they are*. *About the mean*, which
takes away what all pictures of a library share, is shown beside it: it gains too little to give up similarities that
mean the same in every library. How long searches take is in [performance](performance.md).
"""

HEAD = ("search", "pictures", "classes", "precision at 1", "precision at 10", "mean average precision")


@dataclass(frozen=True)
class SearchQuality:
    """Means over all pictures, each searched by once and found never by itself."""

    at_1: float
    at_10: float
    mean_average_precision: float


def search_rows(pictures: Labelled) -> list[tuple[object, ...]]:
    """Of the half of the classes that reports; as GalleryNet searches, and about the mean of the pictures."""
    _, reported = halves(pictures)
    centred = reported.vectors - reported.vectors.mean(axis=0)
    centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    ways = {"as it is": reported, "about the mean": Labelled(centred.astype(np.float32), reported.labels)}
    rows: list[tuple[object, ...]] = []
    for name, given in ways.items():
        found = search_quality(given)
        classes = len(np.unique(given.labels))
        rows.append((name, len(given.labels), classes, found.at_1, found.at_10, found.mean_average_precision))
    return rows


def search_quality(pictures: Labelled) -> SearchQuality:
    """Of two or more pictures; the average precision is over those whose class has another picture."""
    first, ten, average = [], [], []
    for row, vector in enumerate(pictures.vectors):
        right = pictures.labels[_nearest(pictures.vectors, vector, row)] == pictures.labels[row]
        first.append(right[0])
        ten.append(right[:10].mean())
        if right.any():
            average.append((np.cumsum(right) / np.arange(1, len(right) + 1))[right].mean())
    return SearchQuality(float(np.mean(first)), float(np.mean(ten)), float(np.mean(average)) if average else 0.0)


def _nearest(vectors: Vector, query: Vector, own: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    order = np.lexsort((np.arange(len(vectors)), -exact_cosines(vectors, query)))
    others: np.ndarray[tuple[int], np.dtype[np.int64]] = order[order != own]
    return others
