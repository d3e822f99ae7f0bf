"""All pairs of vectors that are alike enough to matter, tile by tile.

A tile is some rows against some columns. In a large library the codes of ``codes.py`` bound its cosines: as one product
of signed bytes, since what lies outside the axes is one more coordinate, rounded up, and what rounding loses is not
more than the worst of all rows. Only pairs that may reach the floor, and that may be an edge of the forest, are looked
at.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numkong
import numpy as np
from numpy.typing import NDArray

from gallerynet.core.search.codes import SAMPLE, SLACK, Basis
from gallerynet.core.search.index import Keys, Vector, View, rounded
from gallerynet.core.search.ladder import Ladder, Positions

TILE_ROWS = 1024
TILE_COLUMNS = 4096
# Open pairs of a tile: more are multiplied out, and of more it is worth finding out what they join among themselves.
MANY_BY_CODES = 100_000
MANY = 25_000

# Two ends and a cosine for each.
Edges = tuple[Positions, Positions, Vector]
# Of pairs by position, and what their cosines are at most: whether they may join what is not joined more closely.
Useful = Callable[[Positions, Positions, Vector], NDArray[np.bool_]]


@dataclass(frozen=True)
class Piece:
    """Some positions, rising, and the rows of a block of vectors where they are."""

    positions: Positions
    block: Vector
    rows: Positions
    codes: NDArray[np.int8] | None = None

    def vectors(self) -> Vector:
        """Of all positions; where they lie side by side, without a copy."""
        first, last = int(self.rows[0]), int(self.rows[-1])
        found: Vector = self.block[first : last + 1 if last - first + 1 == len(self.rows) else first]
        return found if len(found) else self.block[self.rows]

    def part(self, chosen: Positions) -> "Piece":
        codes = None if self.codes is None else self.codes[chosen]
        return Piece(self.positions[chosen], self.block, self.rows[chosen], codes)


def pieces_of(view: View, wanted: Keys) -> tuple[Keys, list[Piece]]:
    """The wanted keys by position, and where their vectors are."""
    keys: list[Keys] = []
    pieces: list[Piece] = []
    start = 0
    for present, vectors in view.blocks():
        rows = np.flatnonzero(np.isin(present, wanted))
        for first in range(0, len(rows), TILE_COLUMNS):
            part = rows[first : first + TILE_COLUMNS]
            pieces.append(Piece(np.arange(start, start + len(part)), vectors, part))
            keys.append(present[part])
            start += len(part)
    return np.concatenate([np.empty(0, dtype=np.int64), *keys]), pieces


def chosen(pieces: Sequence[Piece], sources: NDArray[np.bool_]) -> list[Piece]:
    """The sources among the positions, at most TILE_ROWS in a piece; few are copied to lie together."""
    found = []
    for piece in pieces:
        inside = np.flatnonzero(sources[piece.positions])
        found += [piece.part(inside[first : first + TILE_ROWS]) for first in range(0, len(inside), TILE_ROWS)]
    if sum(len(piece.rows) for piece in found) > TILE_ROWS or len(found) < 2:
        return found
    positions = np.concatenate([piece.positions for piece in found])
    vectors = np.concatenate([piece.block[piece.rows] for piece in found])
    codes = [piece.codes for piece in found if piece.codes is not None]
    return [Piece(positions, vectors, np.arange(len(positions)), np.concatenate(codes) if codes else None)]


@dataclass(frozen=True)
class Coding:
    """How codes stand for cosines: x . y <= unit product + error."""

    unit: float
    error: float

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> tuple["Coding", list[Piece]]:
        """The pieces with codes of (n, axes + 1) signed bytes."""
        count = sum(len(piece.rows) for piece in pieces)
        step = max(1, count // SAMPLE)
        basis = Basis.of(np.concatenate([piece.block[piece.rows[::step]] for piece in pieces]))
        inside = [piece.vectors() @ basis.axes for piece in pieces]
        outside = [
            np.sqrt(np.maximum(np.vecdot(vectors, vectors) - np.vecdot(near, near), 0) + SLACK**2)
            for vectors, near in ((piece.vectors(), near) for piece, near in zip(pieces, inside, strict=True))
        ]
        largest = max(
            max(float(np.abs(near).max()), float(far.max())) for near, far in zip(inside, outside, strict=True)
        )
        unit = largest / 126.5
        coded = []
        lost = 0.0
        for piece, near, far in zip(pieces, inside, outside, strict=True):
            codes = np.empty((len(near), near.shape[1] + 1), dtype=np.int8)
            codes[:, :-1] = np.rint(near / unit)
            codes[:, -1] = np.ceil(far / unit)
            lost = max(lost, float(np.linalg.norm(near - codes[:, :-1] * np.float32(unit), axis=1).max()))
            coded.append(Piece(piece.positions, piece.block, piece.rows, codes))
        return cls(unit, 2 * lost + lost**2 + float(SLACK)), coded


@dataclass(frozen=True)
class Tile:
    """Rows against columns; a pair of two ``sources`` is looked at once, with the lower position as its row."""

    rows: Piece
    columns: Piece
    sources: NDArray[np.bool_]  # by position
    coding: Coding | None
    floor: float

    def edges(self, useful: Useful) -> Edges:
        """The pairs that reach the floor and are useful."""
        pairs = self._coded(useful)
        if pairs is None:
            products = self.rows.vectors() @ self.columns.vectors().T
            rows, columns, most = self._open(products, self.floor - float(SLACK), 1, float(SLACK), useful)
            if len(rows) > MANY:
                rows, columns = self._thinned(rows, columns, most)
        else:
            rows, columns, _ = pairs
        cosines = self._exact(rows, columns)
        kept = cosines >= np.float32(self.floor)
        rows, columns, cosines = self.rows.positions[rows[kept]], self.columns.positions[columns[kept]], cosines[kept]
        kept = useful(rows, columns, cosines)
        return rows[kept], columns[kept], cosines[kept]

    def _coded(self, useful: Useful) -> Edges | None:
        """The open pairs by their codes, or None where they are too many."""
        coding = self.coding
        if coding is None or self.rows.codes is None or self.columns.codes is None:
            return None
        products = np.asarray(numkong.dots_packed(self.rows.codes, numkong.dots_pack(self.columns.codes)))
        unit = coding.unit**2
        least = int(np.floor((self.floor - coding.error) / unit))
        found = self._open(products, least, unit, coding.error, useful)
        return found if len(found[0]) <= MANY_BY_CODES else None

    def _open(self, products: NDArray[Any], least: float, unit: float, error: float, useful: Useful) -> Edges:
        """Rows and columns within the tile whose product is high enough, and what their cosines are at most."""
        near = np.flatnonzero(products.ravel() >= least)
        rows, columns = np.divmod(near, products.shape[1])
        most = products.ravel()[near] * np.float32(unit) + np.float32(error)
        first, second = self.rows.positions[rows], self.columns.positions[columns]
        kept = (first < second) | ~self.sources[second]
        kept[kept] = useful(first[kept], second[kept], most[kept])
        return rows[kept], columns[kept], most[kept]

    def _thinned(self, rows: Positions, columns: Positions, most: Vector) -> tuple[Positions, Positions]:
        """Without pairs that each row's and each column's best pair join more closely than they themselves can."""
        order = np.argsort(-most, kind="stable")
        best = order[np.union1d(*(np.unique(ends[order], return_index=True)[1] for ends in (rows, columns)))]
        nodes = len(self.rows.rows)
        ends = columns + nodes
        links = rows[best], ends[best], self._exact(rows[best], columns[best])
        kept = Ladder.of(nodes + len(self.columns.rows), *links, self.floor).useful(rows, ends, most)
        kept[best] = True
        return rows[kept], columns[kept]

    def _exact(self, rows: Positions, columns: Positions) -> Vector:
        cosines = np.empty(len(rows), dtype=np.float32)
        for first in range(0, len(rows), TILE_ROWS):
            part = slice(first, first + TILE_ROWS)
            ours, theirs = self.rows.rows[rows[part]], self.columns.rows[columns[part]]
            cosines[part] = rounded(np.vecdot(self.rows.block[ours], self.columns.block[theirs]))
        return cosines
