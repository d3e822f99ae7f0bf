"""Tighter groups: within those that single links make, only what is alike all round."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster
from scipy.cluster.hierarchy import linkage as merge
from scipy.spatial.distance import squareform

from gallerynet.core.search.forest import Forest
from gallerynet.core.search.index import Keys, Vector, View, rounded
from gallerynet.core.search.ladder import STEP

LARGEST = 2_000  # items whose cosines are compared all with all at once: 32 MB, a third of a second


class Linkage(Enum):
    """When items make a group."""

    SINGLE = "SINGLE"
    AVERAGE = "AVERAGE"
    COMPLETE = "COMPLETE"


def refined(forest: Forest, view: View, groups: Sequence[Keys], min_cosine: float, linkage: Linkage) -> list[Keys]:
    """The groups of a forest at ``min_cosine`` as that linkage has them: each lies within one of them.

    A group of more than LARGEST is first split at higher similarities, so that its parts can be compared all with all.
    What has left the view meanwhile is left out.
    """
    if linkage is Linkage.SINGLE:
        return list(groups)
    present = set(view.keys.tolist())
    small = (
        part[[key in present for key in part.tolist()]]
        for group in groups
        for part in _split(forest, group, min_cosine)
    )
    found = []
    for batch in _batches(small):
        keys = np.unique(np.concatenate(batch))
        vectors = view.take(keys)
        for group in batch:
            labels = clusters(vectors[np.searchsorted(keys, group)], min_cosine, linkage)
            found += [group[labels == label] for label in np.flatnonzero(np.bincount(labels) > 1)]
    return found


def clusters(vectors: Vector, min_cosine: float, linkage: Linkage) -> NDArray[np.int32]:
    """A number for each of two or more unit vectors, shape (n, dimensions): the same for those of one group."""
    distances = 1 - rounded(vectors @ vectors.T).astype(np.float64)
    np.fill_diagonal(distances, 0)
    tree = merge(squareform(distances, checks=False), linkage.value.lower())
    # Half a step of what cosines are told in: what is equal to the limit is within it.
    numbers: NDArray[np.int32] = fcluster(tree, 1 - min_cosine + 5e-7, criterion="distance")
    return numbers


def _split(forest: Forest, group: Keys, min_cosine: float) -> Iterator[Keys]:
    if len(group) <= LARGEST:
        yield group
    elif min_cosine >= 1:
        for start in range(0, len(group), LARGEST):  # all the same: any of them go together
            yield group[start : start + LARGEST]
    else:
        higher = min(1.0, min_cosine + STEP)
        for part in forest.within(group).groups(higher):
            yield from _split(forest, part, higher)


def _batches(groups: Iterable[Keys]) -> Iterator[list[Keys]]:
    """Some at a time, so that their vectors are looked up together."""
    batch: list[Keys] = []
    for group in groups:
        if len(group) > 1:
            batch.append(group)
        if sum(map(len, batch)) >= LARGEST:
            yield batch
            batch = []
    if batch:
        yield batch
