"""Telling that two videos are the same recording, however they are encoded, and not merely begin alike.

A signature is a series of tiny grey frames with their times: of a short clip all of it, of a longer one three
stretches.
Two are compared at every shift that a little trimming allows. Frames must correlate, and so must what moves in them:
two clips of one scene from a tripod have the same background all the time, and never the same motion. Frames that show
nothing, such as a black start, count for nothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIDE = 16
MAX_TRIM = 2.5  # seconds cut off at the start, or at the end
SHIFT_STEP = 1 / 16
TOLERANCE = 0.085  # seconds between two frames that are held to show the same moment
MIN_SHARED = 0.4  # of the frames of the one that has fewer
MIN_PAIRS = 4
FLAT = 5.0  # grey levels of deviation under which a frame shows nothing
MIN_CORRELATION = 0.92  # mean over the frames
MIN_WORST = 0.75  # of the worst tenth of them
MOTION = 1.0  # grey levels of deviation in time from which there is motion to compare
MIN_MOTION_CORRELATION = 0.7

Pixels = NDArray[np.float32]


@dataclass(frozen=True)
class Signature:
    """``times`` in seconds, shape (n,); ``frames`` grey levels, shape (n, 16, 16)."""

    times: NDArray[np.float32]
    frames: NDArray[np.uint8]

    def to_bytes(self) -> bytes:
        return self.times.astype("<f4").tobytes() + self.frames.tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Signature":
        count = len(stored) // (4 + SIDE * SIDE)
        times = np.frombuffer(stored, dtype="<f4", count=count).astype(np.float32)
        frames = np.frombuffer(stored, dtype=np.uint8, offset=4 * count).reshape(count, SIDE, SIDE)
        return cls(times, frames)


@dataclass(frozen=True)
class SameRecording:
    """``correlation`` of the frames; ``is_certain`` where there was motion, and it agreed as well."""

    correlation: float
    shift: float  # seconds that the other starts later
    is_certain: bool


def compare(one: Signature, other: Signature) -> SameRecording | None:
    """What two signatures have in common, or None where they are of different recordings."""
    first, second = _Prepared(one), _Prepared(other)
    shared = max(MIN_PAIRS, MIN_SHARED * min(len(one.times), len(other.times)))
    looks = first.looks @ second.looks.T
    moves = first.moves @ second.moves.T
    best: SameRecording | None = None
    for shift in np.arange(-MAX_TRIM, MAX_TRIM + SHIFT_STEP / 2, SHIFT_STEP):
        mine, theirs = _pairs(one.times, other.times + shift)
        found = _judge(first, second, looks, moves, mine, theirs, float(shift)) if len(mine) >= shared else None
        if found is not None and (best is None or found.correlation > best.correlation):
            best = found
    return best


class _Prepared:
    """The frames of a signature as vectors: what each looks like, and how it differs from all of them."""

    def __init__(self, signature: Signature) -> None:
        flat = signature.frames.reshape(len(signature.times), SIDE * SIDE).astype(np.float32)
        self.means = flat.mean(axis=1)
        centred = flat - self.means[:, None]
        deviations = centred.std(axis=1)
        self.is_flat = deviations < FLAT
        self.looks: Pixels = centred / np.maximum(np.sqrt(SIDE * SIDE) * deviations, 1e-6)[:, None]
        textured = centred[~self.is_flat]
        self.moves: Pixels = centred - (textured.mean(axis=0) if len(textured) else 0)
        self.motion = (self.moves**2).sum(axis=1)


def _judge(
    one: _Prepared,
    other: _Prepared,
    looks: Pixels,
    moves: Pixels,
    mine: NDArray[np.intp],
    theirs: NDArray[np.intp],
    shift: float,
) -> SameRecording | None:
    flat = one.is_flat[mine], other.is_flat[theirs]
    both = flat[0] & flat[1]
    if np.abs(one.means[mine][both] - other.means[theirs][both]).max(initial=0) > 24:
        return None  # one is black where the other is white
    mine, theirs = mine[~both], theirs[~both]
    if len(mine) < MIN_PAIRS:
        return None
    correlations = np.where((flat[0] ^ flat[1])[~both], 0, looks[mine, theirs])
    correlation = float(correlations.mean())
    if correlation < MIN_CORRELATION or np.quantile(correlations, 0.1) < MIN_WORST:
        return None
    energies = float(one.motion[mine].sum()), float(other.motion[theirs].sum())
    has_motion = max(energies) / (len(mine) * SIDE * SIDE) > MOTION**2
    if has_motion and float(moves[mine, theirs].sum()) < MIN_MOTION_CORRELATION * np.sqrt(energies[0] * energies[1]):
        return None
    return SameRecording(correlation, shift, has_motion)


def _pairs(one: NDArray[np.float32], other: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places of frames of the one and of the other that show the same moment."""
    if not len(other):
        return np.array([], dtype=np.intp), np.array([], dtype=np.intp)
    after = np.searchsorted(other, one).clip(1, max(1, len(other) - 1))
    before = after - 1
    after = np.minimum(after, len(other) - 1)
    nearest = np.where(np.abs(other[before] - one) <= np.abs(other[after] - one), before, after)
    mine = np.flatnonzero(np.abs(other[nearest] - one) <= TOLERANCE)
    return mine, nearest[mine]
