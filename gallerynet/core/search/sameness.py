"""Whether two pictures are the same one, kept twice: re-encoded, resized, brightened; not merely alike.

Embeddings say what is worth comparing, pixels decide. Thumbnails are compared as small grey pictures by their
normalised correlation, which brightness and contrast leave as it is. Pictures without texture all correlate, so those
are held to their colours instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from PIL import Image

from gallerynet.core.database import Database, Transaction
from gallerynet.core.database.tables import duplicate_pairs, media
from gallerynet.core.media.model import Media
from gallerynet.core.media.rows import find_by_keys
from gallerynet.core.search.index import Vector, VectorIndex
from gallerynet.core.storage import Storage

SIDE = 64
MIN_COSINE = 0.8  # below it, no two of 600,000 pairs of different photographs or of edits needed comparing
CANDIDATES = 60
MIN_CORRELATION = 0.93  # the highest between different photographs measured was 0.92
MAX_ASPECT_RATIO = 1.06  # of the one's shape to the other's
FLAT = 6.0  # grey levels of deviation under which there is no texture to compare
MAX_FLAT_DIFFERENCE = 3.0  # colour levels, mean

# An upload that is this much the same is refused as the seed asks. Bits of the hash, and levels of 32 x 32 pixels:
# copies of 48 photographs at half the size stay within 9, 1.9 and 19, those at JPEG quality 40 within 9, 1.1 and 9.
MAX_HASH_DISTANCE = 9
MAX_MEAN_DIFFERENCE = 3.0
MAX_DIFFERENCE = 24.0

Pixels = NDArray[np.float32]


@dataclass(frozen=True)
class Same:
    """An item that shows the same picture; ``is_identical`` where hardly a pixel differs."""

    media: Media
    correlation: float
    is_identical: bool


class Sameness:
    """Finds items that show the same picture as another."""

    def __init__(self, database: Database, storage: Storage, index: VectorIndex) -> None:
        self._database = database
        self._storage = storage
        self._index = index

    def find(self, vector: Vector, perceptual_hash: str, thumbnail: Path, own_key: int | None = None) -> list[Same]:
        """All that show the same picture as the one with this unit vector, hash and small thumbnail; oldest first."""
        candidates = self._candidates(vector, perceptual_hash, own_key)
        if not candidates:
            return []
        pixels = load_pixels(thumbnail)
        found = []
        for candidate in candidates:
            other = self._storage.thumbnail(candidate.id, "small")
            if not other.exists():
                continue
            theirs = load_pixels(other)
            correlation = compare(pixels, theirs)
            if correlation is not None:
                near = _hash_distance(candidate.perceptual_hash, perceptual_hash) <= MAX_HASH_DISTANCE
                identical = near and _is_identical(pixels[0], theirs[0])
                found.append(Same(candidate, correlation, identical))
        return found

    def _candidates(self, vector: Vector, perceptual_hash: str, own_key: int | None) -> list[Media]:
        near = self._index.search(vector, MIN_COSINE, None, None).keys[:CANDIDATES].tolist()
        alive = media.c.trashed_at.is_(None)
        with self._database.read() as connection:
            same_hash = connection.execute(
                sa.select(media.c.key).where(media.c.phash == perceptual_hash, alive).limit(CANDIDATES)
            ).scalars()
            keys = sorted({*near, *same_hash} - {own_key})
            return [item for item in find_by_keys(connection, keys) if item.trashed_at is None]


def record_pairs(tx: Transaction, key: int, same: Sequence[Same]) -> None:
    """Remembers that the item ``key`` shows the same picture as those."""
    for other in same:
        first, second = sorted((key, other.media.key))
        tx.execute(
            sa.insert(duplicate_pairs)
            .prefix_with("OR IGNORE")
            .values(first_key=first, second_key=second, correlation=other.correlation)
        )


def load_pixels(thumbnail: Path) -> tuple[Pixels, float]:
    """The thumbnail at 64 x 64, shape (64, 64, 3), levels 0..255, and its width by its height."""
    with Image.open(thumbnail, formats=["JPEG"]) as image:
        aspect = image.width / image.height
        image.draft("RGB", (SIDE, SIDE))  # half the work, and the same after the boxes
        small = image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float32), aspect


def compare(one: tuple[Pixels, float], other: tuple[Pixels, float]) -> float | None:
    """The correlation of two pictures that are the same, or None where they are not."""
    if max(one[1] / other[1], other[1] / one[1]) > MAX_ASPECT_RATIO:
        return None
    greys = [pixels.mean(axis=2) for pixels, _ in (one, other)]
    deviations = [float(grey.std()) for grey in greys]
    if min(deviations) < FLAT:
        difference = float(np.abs(_coarse(one[0], 8) - _coarse(other[0], 8)).mean())
        return 1.0 if difference <= MAX_FLAT_DIFFERENCE and max(deviations) < 2 * FLAT else None
    centred = [grey - grey.mean() for grey in greys]
    correlation = float((centred[0] * centred[1]).mean() / (deviations[0] * deviations[1]))
    return correlation if correlation >= MIN_CORRELATION else None


def _hash_distance(one: str | None, other: str) -> int:
    """How many bits differ; all of them where there is no hash."""
    return 128 if one is None else (int(one, 16) ^ int(other, 16)).bit_count()


def _is_identical(one: Pixels, other: Pixels) -> bool:
    difference = np.abs(_coarse(one, 32) - _coarse(other, 32))
    return bool(difference.mean() <= MAX_MEAN_DIFFERENCE and difference.max() <= MAX_DIFFERENCE)


def _coarse(pixels: Pixels, side: int) -> Pixels:
    """The picture at ``side`` x ``side``."""
    coarse: Pixels = pixels.reshape(side, SIDE // side, side, SIDE // side, 3).mean(axis=(1, 3))
    return coarse
