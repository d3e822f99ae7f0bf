"""Where vectors are kept in memory: rows that are written once and never moved, in blocks.

A change of an item's vector is a new row, and its old one is marked as dead. So whoever reads a block's rows needs no
lock, however long it takes, and growing copies nothing. Blocks of which half is dead give up their living rows to new
ones, some at each change, and go.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gallerynet.core.search.codes import Basis, Coded
from gallerynet.core.search.index import Keys, Vector

BLOCK = 8192
MOVED_AT_ONCE = 8


@dataclass(frozen=True)
class Part:
    """A block's rows at one moment; ``alive`` is None where all are."""

    keys: Keys
    vectors: Vector
    alive: NDArray[np.bool_] | None
    coded: Coded | None


@dataclass(eq=False)
class Block:
    """Memory for BLOCK rows, which the system gives as they are written."""

    dimensions: int
    count: int = 0
    living: int = 0
    coded: Coded | None = None
    keys: Keys = field(init=False)
    vectors: Vector = field(init=False)
    alive: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = np.empty(BLOCK, dtype=np.int64)
        self.vectors = np.empty((BLOCK, self.dimensions), dtype=np.float32)
        self.alive = np.zeros(BLOCK, dtype=bool)

    def part(self) -> Part:
        count = self.count
        alive = None if self.living == count else self.alive[:count].copy()
        coded = None if self.coded is None else self.coded.part(0, count)
        return Part(self.keys[:count], self.vectors[:count], alive, coded)


class Rows:
    """All blocks, and which row is whose. Changed by one thread at a time."""

    def __init__(self, dimensions: int) -> None:
        self._dimensions = dimensions
        self._blocks: list[Block] = []
        self._places: dict[int, tuple[Block, int]] = {}
        self._basis: Basis | None = None

    def __len__(self) -> int:
        return len(self._places)

    @property
    def basis(self) -> Basis | None:
        return self._basis

    def get(self, key: int) -> Vector | None:
        place = self._places.get(key)
        return None if place is None else place[0].vectors[place[1]]

    def change(self, removed: Iterable[int], keys: Keys, vectors: Vector) -> None:
        """Forgets the vectors of some keys, and takes those of others, each once: new ones or in place of older."""
        for key in (*removed, *keys.tolist()):
            place = self._places.pop(key, None)
            if place is not None:
                place[0].alive[place[1]] = False
                place[0].living -= 1
        self._append(keys, vectors)
        self._tidy()

    def blocks(self) -> list[tuple[Block, Part]]:
        return [(block, block.part()) for block in self._blocks if block.count]

    def adopt(self, basis: Basis, made: Iterable[tuple[Block, Coded, int]]) -> None:
        """Takes memory for blocks' codes in which so many rows are coded already; what came since is coded here."""
        self._basis = basis
        known = {block: (coded, count) for block, coded, count in made}
        for block in self._blocks:
            block.coded, done = known.get(block) or (Coded.empty(len(block.keys), basis.axes.shape[1]), 0)
            if done < block.count:
                block.coded.put(done, basis.encode(block.vectors[done : block.count]))

    def _append(self, keys: Keys, vectors: Vector) -> None:
        done = 0
        while done < len(keys):
            block = self._last()
            start = block.count
            stop = min(start + len(keys) - done, len(block.keys))
            added = slice(done, done + stop - start)
            block.keys[start:stop], block.vectors[start:stop] = keys[added], vectors[added]
            block.alive[start:stop] = True
            if block.coded is not None and self._basis is not None:
                block.coded.put(start, self._basis.encode(vectors[added]))
            block.count, block.living = stop, block.living + stop - start
            self._places.update((key, (block, start + place)) for place, key in enumerate(keys[added].tolist()))
            done = added.stop

    def _last(self) -> Block:
        if not self._blocks or self._blocks[-1].count == BLOCK:
            block = Block(self._dimensions)
            if self._basis is not None:
                block.coded = Coded.empty(BLOCK, self._basis.axes.shape[1])
            self._blocks.append(block)
        return self._blocks[-1]

    def _tidy(self) -> None:
        """Moves some rows out of a block that is half dead, or lets it go when it is empty."""
        for block in self._blocks[:-1]:
            if block.living == 0:
                self._blocks.remove(block)
                return
            if block.living * 2 < len(block.keys):
                rows = np.flatnonzero(block.alive)[:MOVED_AT_ONCE]
                block.alive[rows] = False
                block.living -= len(rows)
                self._append(block.keys[rows], block.vectors[rows])
                return
