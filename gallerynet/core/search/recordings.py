"""Whether two videos are the same recording, kept twice: re-encoded, resized, trimmed a little."""

import numpy as np
import sqlalchemy as sa

from gallerynet.core.database import Database
from gallerynet.core.database.tables import media, video_signatures
from gallerynet.core.duplicates.finder import Findings, Same
from gallerynet.core.media.rows import find_by_keys
from gallerynet.core.search.index import Vector, VectorIndex
from gallerynet.core.video.signature import MAX_TRIM, Signature, compare

MIN_COSINE = 0.3  # copies of photographed scenes stay above 0.86, of drawn ones in bad quality above 0.45
CANDIDATES = 30

# An upload that is this much the same is refused as the seed asks: seconds, and the frames' correlation.
MAX_LENGTH_DIFFERENCE = 0.5
MAX_SHIFT = 0.13
MIN_CORRELATION = 0.97


class Recordings:
    """Finds items that are the same recording as another."""

    def __init__(self, database: Database, index: VectorIndex) -> None:
        self._database = database
        self._index = index

    def find(self, vector: Vector, stored: bytes, seconds: float, own_key: int | None = None) -> Findings:
        """All that are the same recording as the one with this unit vector, signature and length; oldest first."""
        signature = Signature.from_bytes(stored)
        near = media.c.duration.between(seconds - 2 * MAX_TRIM, seconds + 2 * MAX_TRIM)
        with self._database.read() as connection:
            alike = connection.execute(
                sa.select(media.c.key).where(near, media.c.trashed_at.is_(None), media.c.key.is_distinct_from(own_key))
            ).scalars()
            keys = self._index.search(vector, MIN_COSINE, np.fromiter(alike, dtype=np.int64), None).keys[:CANDIDATES]
            signatures = connection.execute(
                sa.select(video_signatures).where(video_signatures.c.media_key.in_(keys.tolist()))
            ).all()
            found = {
                row.media_key: same
                for row in signatures
                if (same := compare(signature, Signature.from_bytes(row.signature))) is not None
            }
            items = find_by_keys(connection, sorted(found))
        same_items = [
            Same(
                item,
                found[item.key].correlation,
                found[item.key].is_certain
                and found[item.key].correlation >= MIN_CORRELATION
                and abs(found[item.key].shift) <= MAX_SHIFT
                and abs((item.duration or 0.0) - seconds) <= MAX_LENGTH_DIFFERENCE,
            )
            for item in items
        ]
        return Findings(same_items)
