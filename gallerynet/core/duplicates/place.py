"""Where one picture may lie in another: roughly, and for many others at once.

Sketches are slid over each other at each of a few scales, as they are and mirrored: correlations by Fourier transforms,
all of them for one picture and many in a few milliseconds. The best places are worth a closer look.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from gallerynet.core.duplicates.sketch import SIDE, Grey, Sketch, normalised

SPAN = 2 * SIDE  # pixels of a transform: no sketch meets itself around the edge
SCALES = np.geomspace(1, 0.6, 9)  # of the picture that lies in the other
MIN_OVERLAP = 0.5  # of the smaller picture
MIN_SIDE = 6  # pixels
PEAKS = 6  # places looked into, of each pair
KEPT = 2

Complex = NDArray[np.complex64]


@dataclass(frozen=True)
class Place:
    """Where a picture, mirrored or not, lies in another: a point at the share (x, y) of its sides is at the share
    (x ``across`` + ``left``, y ``down`` + ``top``) of the other's. ``correlation`` is that of the sketches there."""

    correlation: float
    is_mirrored: bool
    across: float
    down: float
    left: float
    top: float


class Probe:
    """A picture that is looked for in others."""

    def __init__(self, sketch: Sketch) -> None:
        plain = normalised(sketch.pixels)
        self._sizes = np.array(plain.shape)
        both = np.stack([_padded(plain), _padded(plain[:, ::-1])])
        self._levels = _levels(both)  # (2, scales, SIDE, SIDE)
        self._transforms = np.conj(_transform(self._levels))

    def find(self, others: Sequence[Sketch]) -> list[list[Place]]:
        """For each of the others the best places, the best one first."""
        return [self._find(other) for other in others]

    def _find(self, other: Sketch) -> list[Place]:
        plain = normalised(other.pixels)
        levels = _levels(_padded(plain)[np.newaxis])[0]
        transforms = _transform(levels)
        # This one smaller in the other, then the other smaller in this one.
        products = np.concatenate(
            [self._transforms * transforms[0], self._transforms[:, :1] * transforms[1:]], axis=1
        ).astype(np.complex64, copy=False)
        scores = scipy.fft.irfft2(products, s=(SPAN, SPAN)).reshape(-1, SPAN * SPAN)
        at = scores.argmax(axis=1)
        best = np.argsort(-scores[np.arange(len(at)), at])[:PEAKS]
        sizes = np.array(plain.shape)
        found = [self._place(int(number), int(at[number]), levels, sizes) for number in best]
        return sorted((place for place in found if place is not None), key=lambda place: -place.correlation)[:KEPT]

    def _place(self, number: int, at: int, levels: Grey, sizes: NDArray[np.int64]) -> Place | None:
        """The place behind one correlation's peak; None where too little of the two overlaps."""
        mirrored, level = divmod(number, 2 * len(SCALES) - 1)
        own, its = (level, 0) if level < len(SCALES) else (0, level - len(SCALES) + 1)
        mine, theirs = self._sizes * SCALES[own], sizes * SCALES[its]
        shift = np.array(divmod(at, SPAN))
        shift = np.where(shift >= SIDE, shift - SPAN, shift)
        start = np.maximum(shift, 0)
        stop = np.minimum(np.round(theirs), shift + np.round(mine)).astype(int)
        if (stop - start).min() < MIN_SIDE or (stop - start).prod() < MIN_OVERLAP * min(mine.prod(), theirs.prod()):
            return None
        there = levels[its][start[0] : stop[0], start[1] : stop[1]]
        first, last = start - shift, stop - shift
        here = self._levels[mirrored, own][first[0] : last[0], first[1] : last[1]]
        energy = float((here * here).sum()) * float((there * there).sum())
        correlation = float((here * there).sum()) / max(float(np.sqrt(energy)), 1e-9)
        (down, across), (top, left) = mine / theirs, shift / theirs
        return Place(correlation, bool(mirrored), float(across), float(down), float(left), float(top))


def _padded(told: Grey) -> Grey:
    padded = np.zeros((SIDE, SIDE), dtype=np.float32)
    padded[: told.shape[0], : told.shape[1]] = told
    return padded


def _shrinking(scale: float) -> Grey:
    """The matrix that resamples a line of SIDE pixels at that scale, each new pixel from a triangle of old ones."""
    old, new = np.arange(SIDE) + 0.5, (np.arange(SIDE) + 0.5) / scale
    weights = np.maximum(0, 1 - np.abs(new[:, None] - old[None, :]) * scale)
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    weights[new > SIDE] = 0
    return weights.astype(np.float32)


_SHRINKING = np.stack([np.eye(SIDE, dtype=np.float32), *(_shrinking(float(scale)) for scale in SCALES[1:])])


def _levels(padded: Grey) -> Grey:
    """Each picture at each scale, shape (n, scales, SIDE, SIDE); energies stay about the same."""
    shrunk: Grey = _SHRINKING @ padded[:, np.newaxis] @ _SHRINKING.transpose(0, 2, 1)
    energies = np.sqrt((shrunk * shrunk).sum(axis=(2, 3), keepdims=True))
    scaled: Grey = shrunk / np.maximum(energies, 1e-6)
    return scaled


def _transform(levels: Grey) -> Complex:
    transforms: Complex = scipy.fft.rfft2(levels, s=(SPAN, SPAN))
    return transforms
