"""The vectors of the library, ready to be searched: what every index offers.

``vec_media`` in the database is the truth. ``memory.MemoryIndex`` holds its rows and follows each commit;
``table.SqliteIndex`` asks the table itself, which is slower and takes no memory. Their answers are the same to the last
bit: whatever narrows a search down, what is shown and what decides comes from ``exact_cosines``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Keys = NDArray[np.int64]

# What a cosine is told in. Cursors hold it, and must mean the same on a machine that adds up in another order.
DECIMALS = 6


@dataclass(frozen=True)
class Hits:
    """Items by falling cosine, equal ones by rising key. Both arrays have the shape (n,).

    With a page asked for, these are the page's; ``total`` counts all hits, ``before`` those ahead of the page.
    """

    keys: Keys
    cosines: Vector
    total: int
    before: int = 0


@dataclass(frozen=True)
class Page:
    """The ``first`` hits behind the one with the cosine and key ``after``."""

    first: int
    after: tuple[float, int] | None = None


@dataclass(frozen=True)
class View:
    """The library's vectors at one moment, for work that takes time. Nothing is copied until it is asked for."""

    dimensions: int
    read: Callable[[], Iterator[tuple[Keys, Vector]]]

    def blocks(self) -> Iterator[tuple[Keys, Vector]]:
        """Keys of shape (n,) and vectors of shape (n, dimensions), some thousand at a time, in no order of keys."""
        return self.read()

    @cached_property
    def keys(self) -> Keys:
        """All keys, rising."""
        return np.sort(np.concatenate([np.empty(0, dtype=np.int64), *(keys for keys, _ in self.blocks())]))

    def take(self, keys: Keys) -> Vector:
        """Copies of the vectors of these keys, rising ones that all are in the view, shape (n, dimensions)."""
        found = np.empty((len(keys), self.dimensions), dtype=np.float32)
        for present, vectors in self.blocks():
            chosen = np.isin(present, keys)
            found[np.searchsorted(keys, present[chosen])] = vectors[chosen]
        return found


class VectorIndex(Protocol):
    def __len__(self) -> int: ...

    def get(self, key: int) -> Vector | None:
        """The unit vector of an item, or None where it has none."""

    def view(self) -> View:
        """All vectors as they are now, whatever happens meanwhile."""

    def snapshot(self) -> tuple[Keys, Vector]:
        """All keys, rising, and their vectors, shape (n, dimensions), copied: prefer ``view``."""

    def search(
        self, query: Vector, min_cosine: float, only: Keys | None, without: Keys | None, page: Page | None = None
    ) -> Hits:
        """All items whose cosine with the unit vector ``query`` is at least ``min_cosine``, or one page of them.

        ``only`` restricts the answer to these keys, ``without`` leaves these out.
        """


def copied(view: View) -> tuple[Keys, Vector]:
    """The view as two arrays, by rising key."""
    return view.keys, view.take(view.keys)


def exact_cosines(vectors: Vector, query: Vector) -> Vector:
    """Of unit vectors of shape (n, dimensions), or of one; rounded.

    NumPy takes one dot product a row, so a row's result does not depend on the rows beside it, as that of a matrix
    product does: the same two vectors have the same cosine in every answer, whichever of them asks.
    """
    return rounded(np.vecdot(vectors, query))


def rounded(cosines: Vector) -> Vector:
    """As they are told; sums in single precision may lie a little beyond 1."""
    told: Vector = np.clip(np.round(cosines, DECIMALS), -1, 1)
    return told
