"""Whether a picture is there already under other bytes.

The seed refuses an upload whose perceptual hash is in the library. Such a hash calls all plain pictures equal, so it is
only where the search starts here: the embeddings and the pixels have to agree as well.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gallerynet.core.database import Database
from gallerynet.core.database.tables import media
from gallerynet.core.media.model import Media
from gallerynet.core.media.rows import media_from_row, select_media
from gallerynet.core.search.index import Vector, VectorIndex
from gallerynet.core.storage import Storage

MIN_COSINE = 0.95
# Of 48 x 48 pixels, levels 0..255. JPEG at quality 40 stays within 2 and 14; another page of text does not.
MAX_MEAN_DIFFERENCE = 4.0
MAX_DIFFERENCE = 28.0
CANDIDATES = 20


def find_near_duplicate(
    database: Database,
    storage: Storage,
    index: VectorIndex,
    perceptual_hash: str,
    vector: Vector,
    thumbnail: Path,
) -> Media | None:
    """The oldest item that is the same picture as the one with this hash, unit vector and small thumbnail."""
    query = select_media().where(media.c.phash == perceptual_hash, media.c.trashed_at.is_(None))
    with database.read() as connection:
        rows = connection.execute(query.order_by(media.c.key).limit(CANDIDATES)).fetchall()
    pixels = _pixels(thumbnail) if rows else None
    for candidate in map(media_from_row, rows):
        known = index.get(candidate.key)
        other = storage.thumbnail(candidate.id, "small")
        if (
            known is not None
            and pixels is not None
            and float(known @ vector) >= MIN_COSINE
            and other.exists()
            and _agree(pixels, _pixels(other))
        ):
            return candidate
    return None


def _pixels(path: Path) -> NDArray[np.float32]:
    with Image.open(path, formats=["JPEG"]) as image:
        return np.asarray(image.convert("RGB").resize((48, 48), Image.Resampling.BOX), dtype=np.float32)


def _agree(one: NDArray[np.float32], other: NDArray[np.float32]) -> bool:
    difference = np.abs(one - other)
    return bool(difference.mean() <= MAX_MEAN_DIFFERENCE and difference.max() <= MAX_DIFFERENCE)
