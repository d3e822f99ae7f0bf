"""Search in memory: exact, and for large libraries of a tenth of the bytes."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TypeVar

import numpy as np

from gallerynet.core.database import Changes, Database
from gallerynet.core.search.codes import SAMPLE, Basis, Coded, Question
from gallerynet.core.search.hits import Positions, choose
from gallerynet.core.search.index import Hits, Keys, Page, Vector, View, copied, exact_cosines
from gallerynet.core.search.rows import Part, Rows
from gallerynet.core.search.table import read_blocks

CODED_FROM = 20_000  # rows; below, plain products are as fast
REFITTED_AT = 4  # times the rows that the axes were found for
FEW = 10  # rows picked one by one cost as much as so many in a row
LOOKED_AT = 256  # rows of each block
PIECE = 2048  # rows that one thread takes at once

T = TypeVar("T")

_OTHERS = max(1, (os.cpu_count() or 1) - 1)
_threads = ThreadPoolExecutor(_OTHERS, thread_name_prefix="search")


class MemoryIndex:
    """All vectors in memory, as single precision and, in a large library, as codes.

    A search bounds every cosine by the codes, and computes those that the bounds leave open. It holds no lock while it
    computes: changes take their time whatever is asked meanwhile.
    """

    def __init__(self, database: Database, dimensions: int) -> None:
        self._dimensions = dimensions
        self._rows = Rows(dimensions)
        self._lock = threading.Lock()
        self._coded_at = 0
        self._coder: threading.Thread | None = None
        # Whatever is committed from here on is heard of, and it is fitted in after what is read now.
        with self._lock:
            database.on_commit(self.follow)
            with database.read() as connection:
                for keys, vectors in read_blocks(connection, dimensions):
                    self._rows.change((), keys, vectors)
        self._code_if_large()

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, key: int) -> Vector | None:
        with self._lock:
            vector = self._rows.get(key)
            return None if vector is None else vector.copy()

    def view(self) -> View:
        parts, _ = self._parts()

        def blocks() -> Iterator[tuple[Keys, Vector]]:
            for part in parts:
                alive = slice(None) if part.alive is None else part.alive
                yield part.keys[alive], part.vectors[alive]

        return View(self._dimensions, blocks)

    def snapshot(self) -> tuple[Keys, Vector]:
        return copied(self.view())

    def search(
        self, query: Vector, min_cosine: float, only: Keys | None, without: Keys | None, page: Page | None = None
    ) -> Hits:
        parts, basis = self._parts()
        comparison = _Comparison(parts, query)
        rows = comparison.rows(only, without)
        if len(rows) * FEW < comparison.count:
            low = high = np.zeros(comparison.count, dtype=np.float32)
            low[rows] = comparison.exact(rows)
        elif (
            basis is None
            or (page is None and min_cosine <= -1)
            or comparison.is_hard(question := Question.of(basis, query), min_cosine, page)
        ):
            low = high = comparison.everything
        else:
            low, high = comparison.bounds(question)
        return choose(comparison.keys, rows, low, high, comparison.exact, min_cosine, page)

    def code(self) -> None:
        """Finds the library's axes and codes all vectors by them; the index does so itself when it is large.

        Searches and changes go on meanwhile.
        """
        with self._lock:
            blocks = self._rows.blocks()
        count = sum(len(part.keys) for _, part in blocks)
        basis = Basis.of(np.concatenate([part.vectors[:: max(1, count // SAMPLE)] for _, part in blocks]))
        made = []
        for block, part in blocks:
            coded = Coded.empty(len(block.keys), basis.axes.shape[1])
            coded.put(0, basis.encode(part.vectors))
            made.append((block, coded, len(part.keys)))
        with self._lock:
            self._rows.adopt(basis, made)
            self._coded_at = count

    def wait(self) -> None:
        """Until coding, if it goes on, has ended."""
        coder = self._coder
        if coder is not None:
            coder.join()

    def _parts(self) -> tuple[list[Part], Basis | None]:
        """All rows as they are now; they have codes where there is a basis."""
        with self._lock:
            return [part for _, part in self._rows.blocks()], self._rows.basis

    def follow(self, changes: Changes) -> None:
        """Takes over what a transaction has committed."""
        if changes.vectors or changes.removed_vectors:
            keys = np.fromiter(changes.vectors, dtype=np.int64)
            vectors = np.array(list(changes.vectors.values()), dtype=np.float32).reshape(-1, self._dimensions)
            with self._lock:
                self._rows.change(changes.removed_vectors, keys, vectors)
            self._code_if_large()

    def _code_if_large(self) -> None:
        with self._lock:
            large = len(self._rows) >= max(CODED_FROM, REFITTED_AT * self._coded_at)
            if large and (self._coder is None or not self._coder.is_alive()):
                self._coder = threading.Thread(target=self.code, name="search-codes", daemon=True)
                self._coder.start()


class _Comparison:
    """One query against all rows of one moment."""

    def __init__(self, parts: list[Part], query: Vector) -> None:
        self._parts = parts
        self._query = query
        self._starts = np.cumsum([0, *(len(part.keys) for part in parts)])
        self.count = int(self._starts[-1])
        self.keys = np.concatenate([np.empty(0, dtype=np.int64), *(part.keys for part in parts)])

    def rows(self, only: Keys | None, without: Keys | None) -> Positions:
        """Which are to be compared."""
        wanted = np.ones(self.count, dtype=bool) if only is None else np.isin(self.keys, only)
        if without is not None and len(without):
            wanted &= ~np.isin(self.keys, without)
        for start, part in zip(self._starts.tolist(), self._parts, strict=False):
            if part.alive is not None:
                wanted[start : start + len(part.keys)] &= part.alive
        return np.flatnonzero(wanted)

    @cached_property
    def everything(self) -> Vector:
        """The cosines of all rows."""
        cosines = np.empty(self.count, dtype=np.float32)

        def compare(piece: tuple[int, Vector]) -> None:
            start, vectors = piece
            cosines[start : start + len(vectors)] = exact_cosines(vectors, self._query)

        pieces = (
            (start + first, part.vectors[first : first + PIECE])
            for start, part in zip(self._starts.tolist(), self._parts, strict=False)
            for first in range(0, len(part.keys), PIECE)
        )
        _side_by_side(compare, pieces)
        return cosines

    def exact(self, rows: Positions) -> Vector:
        """The cosines of some rows, rising ones."""
        if "everything" in self.__dict__ or len(rows) * FEW >= self.count > PIECE:
            return self.everything[rows]
        cosines = np.empty(len(rows), dtype=np.float32)
        bounds = np.searchsorted(rows, self._starts)

        def compare(number: int) -> None:
            first, last = bounds[number], bounds[number + 1]
            chosen = self._parts[number].vectors[rows[first:last] - self._starts[number]]
            cosines[first:last] = exact_cosines(chosen, self._query)

        _side_by_side(compare, np.flatnonzero(np.diff(bounds)).tolist())
        return cosines

    def is_hard(self, question: Question, min_cosine: float, page: Page | None) -> bool:
        """Whether the codes would leave so many cosines to be computed that all may be: asked of some rows."""
        count = wanted = 0
        for part in self._parts:
            some = min(LOOKED_AT, len(part.keys))
            low, high = np.empty(some, dtype=np.float32), np.empty(some, dtype=np.float32)
            if part.coded is not None:
                question.bounds(part.coded.part(0, some), low, high)
            needed = high >= min_cosine
            if page is not None and page.after is None:
                needed &= low < min_cosine
            count, wanted = count + some, wanted + int(needed.sum())
        return wanted * FEW >= count

    def bounds(self, question: Question) -> tuple[Vector, Vector]:
        low, high = np.empty(self.count, dtype=np.float32), np.empty(self.count, dtype=np.float32)

        def bound(number: int) -> None:
            coded = self._parts[number].coded
            start, stop = self._starts[number], self._starts[number + 1]
            if coded is not None:
                question.bounds(coded, low[start:stop], high[start:stop])

        _side_by_side(bound, range(len(self._parts)))
        return low, high


def _side_by_side(work: Callable[[T], None], pieces: Iterable[T]) -> None:
    """In all threads, this one among them: where the others are busy elsewhere, it does not wait for them."""
    waiting = list(pieces)
    left = iter(waiting)

    def take() -> None:
        for piece in left:  # a list's iterator gives each once, whoever asks
            work(piece)

    others = [_threads.submit(take) for _ in range(min(_OTHERS, len(waiting) - 1))]
    take()
    for other in others:
        if not other.cancel():
            other.result()
