"""Finding the items that show the same picture as another."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from gallerynet.core.database import Database, Transaction
from gallerynet.core.database.tables import duplicate_pairs, media, sketches
from gallerynet.core.duplicates.candidates import MAX_DISTANCE, MIN_COSINE, choose
from gallerynet.core.duplicates.compare import METHOD, Shot, compare, is_identical, rough_places
from gallerynet.core.duplicates.hashes import Hashes, hash_distance
from gallerynet.core.duplicates.sketch import Sketch, look_at
from gallerynet.core.media.model import Media, MediaType
from gallerynet.core.media.rows import find_by_keys
from gallerynet.core.search.index import Vector, VectorIndex
from gallerynet.core.storage import Storage

MAX_IDENTICAL_DISTANCE = 9  # bits of the hash; see ``compare.is_identical``
# Where a camera notes the moment of a shot: editors leave it alone.
MOMENT = "EXIF DateTimeOriginal"


@dataclass(frozen=True)
class Same:
    """An item that shows the same picture; ``is_identical`` where hardly a pixel differs."""

    media: Media
    correlation: float
    is_identical: bool


@dataclass(frozen=True)
class Findings:
    """The items that are the same, oldest first, those in the trash among them, since they may come back; and what the
    one that was asked for is compared by: None for videos, whose signatures are kept apart."""

    same: list[Same]
    sketch: Sketch | None = None

    @property
    def present(self) -> list[Same]:
        """Without those in the trash."""
        return [other for other in self.same if other.media.trashed_at is None]


class Sameness:
    """Compares a picture with the likeliest of the library."""

    def __init__(self, database: Database, storage: Storage, index: VectorIndex) -> None:
        self._database = database
        self._storage = storage
        self._index = index
        self._hashes = Hashes(database)

    def find(
        self,
        vector: Vector,
        perceptual_hash: str | None,
        thumbnail: Path,
        moment: str | None = None,
        own_key: int | None = None,
        only_compared: bool = False,
    ) -> Findings:
        """All that show the picture with this unit vector, hash, small thumbnail and moment of capture.

        ``only_compared`` leaves out items that are still to be compared themselves. Raises OSError without a thumbnail.
        """
        look = look_at(thumbnail)
        near = self._index.search(vector, MIN_COSINE, None, None).keys.tolist()
        wanted = choose([key for key in near if key != own_key], self._hashes.near(perceptual_hash, MAX_DISTANCE))
        rows = self._rows({key for keys in wanted.values() for key in keys} - {own_key}, only_compared)
        found: dict[int, tuple[float, bool]] = {}
        for quarters, keys in wanted.items():
            turned = Shot(look.turned(quarters), moment)
            known = [(rows[key], self._sketch(rows[key])) for key in keys if key in rows and key not in found]
            candidates = [(row, sketch) for row, sketch in known if sketch is not None]
            places = rough_places(turned.look.sketch, [sketch for _, sketch in candidates])
            for (row, sketch), places_of in zip(candidates, places, strict=True):
                if not places_of and not (sketch.is_smooth and look.sketch.is_smooth):
                    continue
                with suppress(OSError):  # its thumbnail is missing: it is to be repaired, and compared then
                    other = Shot(look_at(self._storage.thumbnail(row.id, "small")), row.moment)
                    correlation = compare(turned, other, places_of)
                    if correlation is not None:
                        near_hash = hash_distance(row.phash, perceptual_hash) <= MAX_IDENTICAL_DISTANCE
                        found[row.key] = (correlation, near_hash and is_identical(turned.look, other.look))
        with self._database.read() as connection:
            items = find_by_keys(connection, sorted(found))
        return Findings([Same(item, *found[item.key]) for item in items], look.sketch)

    def _rows(self, keys: set[int], only_compared: bool) -> dict[int, sa.Row[Any]]:
        """Pictures, with their sketches where they have one."""
        moment = sa.func.json_extract(media.c.exif_json, f'$."{MOMENT}"').label("moment")
        query: sa.Select[Any] = (
            sa.select(media.c.key, media.c.id, media.c.phash, sketches.c.pixels, moment)
            .outerjoin_from(media, sketches, sa.and_(sketches.c.media_key == media.c.key, sketches.c.method == METHOD))
            .where(media.c.key.in_(keys), media.c.media_type == MediaType.IMAGE.value)
        )
        if only_compared:
            query = query.where(sketches.c.pixels.is_not(None))
        with self._database.read() as connection:
            return {row.key: row for row in connection.execute(query)}

    def _sketch(self, row: sa.Row[Any]) -> Sketch | None:
        """The stored one, or a new one of an item that came before there were any."""
        if row.pixels is not None:
            return Sketch.from_bytes(row.pixels)
        with suppress(OSError):
            return look_at(self._storage.thumbnail(row.id, "small")).sketch
        return None


def record_findings(tx: Transaction, key: int, findings: Findings) -> None:
    """Remembers what was found for the item ``key``."""
    for other in findings.same:
        first, second = sorted((key, other.media.key))
        row = {"first_key": first, "second_key": second, "correlation": other.correlation}
        tx.execute(sa.insert(duplicate_pairs).prefix_with("OR REPLACE").values(row))
    pixels = None if findings.sketch is None else findings.sketch.to_bytes()
    sketch = {"media_key": key, "method": METHOD, "pixels": pixels}
    tx.execute(sa.insert(sketches).prefix_with("OR REPLACE").values(sketch))
