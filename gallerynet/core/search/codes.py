"""A short form of vectors that says within what bounds their cosines lie.

Each vector x is written as its coordinates in some leading principal axes of the library, rounded to signed bytes, with
two lengths: of what rounding lost, and of what lies outside these axes. For a query q with the rounded coordinates c(q)

    x . q = s(x) s(q) c(x) . c(q) + remainder,
    |remainder| <= lost(x) |rounded q| + |x inside| lost(q) + outside(x) outside(q)

by Cauchy-Schwarz, with |x inside| <= 1. A tenth of the bytes then tells of most vectors where they stand. Any
orthonormal axes are right; principal ones leave little outside.
"""

from dataclasses import dataclass
from functools import cached_property

import numkong
import numpy as np
from numpy.typing import NDArray

from gallerynet.core.search.index import Vector

AXES = 384
SAMPLE = 16_384
# What single precision may add to a sum of 1,280 products of unit vectors, both here and in the exact cosine.
SLACK = np.float32(2e-4)
# Of squared lengths: a difference of two that are near 1 is no better known than that.
SQUARED = np.float32(1e-6)

Codes = NDArray[np.int8]


@dataclass(frozen=True)
class Coded:
    """n vectors: coordinates (n, axes) in units of ``scale``, and the lengths that they leave out; (n,) each."""

    codes: Codes
    scale: Vector
    lost: Vector
    outside: Vector

    @classmethod
    def empty(cls, count: int, axes: int) -> "Coded":
        return cls(np.empty((count, axes), dtype=np.int8), *(np.empty(count, dtype=np.float32) for _ in range(3)))

    def part(self, start: int, stop: int) -> "Coded":
        """A view of these rows."""
        rows = slice(start, stop)
        return Coded(self.codes[rows], self.scale[rows], self.lost[rows], self.outside[rows])

    def put(self, start: int, other: "Coded") -> None:
        target = self.part(start, start + len(other.scale))
        target.codes[:], target.scale[:] = other.codes, other.scale
        target.lost[:], target.outside[:] = other.lost, other.outside


@dataclass(frozen=True)
class Basis:
    """Orthonormal axes, shape (dimensions, axes)."""

    axes: Vector

    @classmethod
    def of(cls, sample: Vector) -> "Basis":
        """The leading principal axes of unit vectors, shape (n, dimensions); the mean is left in, as one of them."""
        _, axes = np.linalg.eigh((sample.T @ sample).astype(np.float64))
        return cls(np.ascontiguousarray(axes[:, ::-1][:, :AXES], dtype=np.float32))

    @cached_property
    def _each(self) -> Vector:
        """An axis in each row."""
        return np.ascontiguousarray(self.axes.T)

    def encode(self, vectors: Vector) -> Coded:
        # One vector is done before threads of a matrix product would have met.
        inside = vectors @ self.axes if len(vectors) > 1 else np.vecdot(self._each, vectors)[np.newaxis]
        squared = np.vecdot(vectors, vectors) - np.vecdot(inside, inside) + SQUARED
        scale = np.maximum(np.abs(inside).max(axis=1), np.float32(1e-9)) / 127
        inside /= scale[:, np.newaxis]
        codes = np.rint(inside)
        inside -= codes
        lost = np.linalg.norm(inside, axis=1) * scale
        return Coded(codes.astype(np.int8), scale, lost, np.sqrt(np.maximum(squared, SQUARED)))


@dataclass(frozen=True)
class Question:
    """A query as codes meet it."""

    coded: Coded  # of one row
    length: np.float32  # of its rounded coordinates

    @classmethod
    def of(cls, basis: Basis, query: Vector) -> "Question":
        coded = basis.encode(query[np.newaxis])
        return cls(coded, np.linalg.norm(coded.codes.astype(np.float32)) * coded.scale[0])

    def bounds(self, coded: Coded, low: Vector, high: Vector) -> None:
        """Writes what the cosines of these rows are at least and at most."""
        products = np.asarray(numkong.cdist(self.coded.codes, coded.codes, metric="dot", out_dtype="float32"))[0]
        middle = products * (coded.scale * self.coded.scale)
        error = coded.lost * self.length
        error += coded.outside * self.coded.outside
        error += self.coded.lost + SLACK
        np.subtract(middle, error, out=low)
        np.add(middle, error, out=high)
