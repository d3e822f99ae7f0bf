"""The strongest links of the library: its maximum spanning forest by cosine.

Two items are in one group at a similarity exactly if a way of links of at least that similarity joins them in the
forest. So it answers for every similarity from its floor up, in the time it takes to cut it.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree

from gallerynet.core.search.index import Keys, Vector, View
from gallerynet.core.search.ladder import Ladder, Positions, labels_of, members
from gallerynet.core.search.pairs import Coding, Edges, Tile, chosen, pieces_of

CODED_FROM = 200_000_000  # pairs; fewer are multiplied out as fast
LADDER_FROM = 1_000  # new items; fewer have few enough links to take them all
MERGED_AT = 200_000  # links found

Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Forest:
    """Links (first, second) with their cosines, all of shape (n,); ``keys``, rising, are the items that it knows."""

    floor: float
    keys: Keys
    first: Keys
    second: Keys
    cosines: Vector

    @classmethod
    def empty(cls, floor: float) -> "Forest":
        none = np.empty(0, dtype=np.int64)
        return cls(floor, none, none, none, np.empty(0, dtype=np.float32))

    def groups(self, min_cosine: float) -> list[Keys]:
        """The keys of each group of two and more at a cosine from the floor up, rising."""
        strong = self.cosines >= np.float32(min_cosine)
        keys, ends = np.unique(np.concatenate([self.first[strong], self.second[strong]]), return_inverse=True)
        return members(keys, labels_of(len(keys), *ends.reshape(2, -1)))

    def within(self, keys: Keys) -> "Forest":
        """The links of whole groups, by their keys."""
        inside = np.isin(self.first, keys)
        return Forest(self.floor, keys, self.first[inside], self.second[inside], self.cosines[inside])

    def following(self, view: View, wanted: Keys, changed: Keys, report: Report) -> "Forest":
        """The forest of the items ``wanted`` (rising) that are in the view, from that of other ones.

        ``changed`` have other vectors than when they were linked. ``report`` is told of tiles done and all there are;
        what it raises ends the work and leaves this forest as it is.
        """
        keys, pieces = pieces_of(view, wanted)
        gone = np.union1d(np.setdiff1d(self.keys, keys), changed)
        if not len(gone) and len(keys) == len(self.keys):
            return self
        links, orphans = self._without(gone)
        by_key = np.argsort(keys, kind="stable")
        rising = keys[by_key]

        def positions(found: Keys) -> Positions:
            return by_key[np.searchsorted(rising, found)]

        new = ~np.isin(keys, self.keys) | np.isin(keys, changed)
        sources = new | np.isin(keys, orphans)
        growing = _Growing(len(keys), self.floor, positions(links[0]), positions(links[1]), links[2])
        if sources.any():
            coding = None
            if int(sources.sum()) * len(keys) > CODED_FROM:
                coding, pieces = Coding.of(pieces)
            tiles = [
                Tile(rows, columns, sources, coding, self.floor)
                for rows in chosen(pieces, sources)
                for columns in pieces
                if rows.positions[0] < columns.positions[-1] or not sources[columns.positions].all()
            ]
            growing.grow(tiles, report)
        return Forest(self.floor, rising, keys[growing.first], keys[growing.second], growing.cosines)

    def _without(self, gone: Keys) -> tuple[tuple[Keys, Keys, Vector], Keys]:
        """The links that stay, and the keys that may need new ones.

        A tree falls into parts where an item goes. The links that join these again lie between two of them, so all but
        the largest are looked at.
        """
        kept = ~(np.isin(self.first, gone) | np.isin(self.second, gone))
        links = self.first[kept], self.second[kept], self.cosines[kept]
        if kept.all():
            return links, np.empty(0, dtype=np.int64)
        nodes, ends = np.unique(np.concatenate([self.first, self.second]), return_inverse=True)
        one, other = ends.reshape(2, -1)
        trees = labels_of(len(nodes), one, other)
        parts = labels_of(len(nodes), one[kept], other[kept])
        alive = ~np.isin(nodes, gone)
        sizes = np.bincount(parts[alive], minlength=len(nodes))
        # For each tree its largest part: the last one where parts are ordered by tree and size.
        part, at = np.unique(parts[alive], return_index=True)
        tree = trees[alive][at]
        order = np.lexsort((sizes[part], tree))
        order = order[np.append(np.diff(tree[order]) != 0, [True] * (len(order) > 0)).astype(bool)]
        largest = part[order]
        return links, nodes[alive & ~np.isin(parts, largest)]


class _Growing:
    """A forest by positions, into which links are merged as they are found."""

    def __init__(self, count: int, floor: float, first: Positions, second: Positions, cosines: Vector) -> None:
        self.first, self.second, self.cosines = first, second, cosines
        self._count = count
        self._floor = floor
        self._found: list[Edges] = []
        self._ladder: Ladder | None = None

    def grow(self, tiles: list[Tile], report: Report) -> None:
        climbs = sum(len(tile.rows.rows) for tile in tiles) > LADDER_FROM
        self._merge(climbs)
        waiting = 0
        with ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="pairs") as threads:
            for done, edges in enumerate(_in_turn(threads, tiles, lambda tile: tile.edges(self._useful))):
                report(done, len(tiles))
                self._found.append(edges)
                waiting += len(edges[0])
                if waiting > MERGED_AT:
                    self._merge(climbs)
                    waiting = 0
        self._merge(False)

    def _useful(self, rows: Positions, columns: Positions, most: Vector) -> NDArray[np.bool_]:
        ladder = self._ladder
        return np.ones(len(rows), dtype=bool) if ladder is None else ladder.useful(rows, columns, most)

    def _merge(self, climbs: bool) -> None:
        """The forest of its links and those found."""
        if self._found:
            first, second, cosines = (
                np.concatenate(parts)
                for parts in zip((self.first, self.second, self.cosines), *self._found, strict=True)
            )
            low, high = np.minimum(first, second), np.maximum(first, second)
            _, once = np.unique(low * self._count + high, return_index=True)
            low, high, cosines = low[once], high[once], cosines[once]
            # scipy takes what is 0 for no link, and the smallest sums: 1 is the shortest way, 3 the longest.
            graph = coo_array((2 - cosines.astype(np.float64), (low, high)), shape=(self._count, self._count))
            kept = minimum_spanning_tree(graph.tocsr()).tocoo()
            self.first, self.second = kept.row.astype(np.int64), kept.col.astype(np.int64)
            self.cosines = (2 - kept.data).astype(np.float32)
            self._found = []
        if climbs:
            self._ladder = Ladder.of(self._count, self.first, self.second, self.cosines, self._floor)


def _in_turn(threads: ThreadPoolExecutor, tiles: list[Tile], work: Callable[[Tile], Edges]) -> Iterator[Edges]:
    """Results in order, with only a few begun ahead: what is merged meanwhile spares work, and memory is bounded."""
    left = iter(tiles)
    running = [threads.submit(work, tile) for tile in islice(left, 2 * (os.cpu_count() or 1))]
    try:
        while running:
            yield running.pop(0).result()
            running += [threads.submit(work, tile) for tile in islice(left, 1)]
    finally:
        for future in running:
            future.cancel()
