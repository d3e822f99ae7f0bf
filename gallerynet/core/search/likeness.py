"""Pictures that look like another one."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import sqlalchemy as sa

from gallerynet.core.clock import now, timestamp, to_datetime
from gallerynet.core.database import Database
from gallerynet.core.database.tables import similarity_references
from gallerynet.core.errors import InvalidInput, NotFound
from gallerynet.core.ids import Id, new_id
from gallerynet.core.media.filters import EVERYTHING, MediaFilter
from gallerynet.core.media.listing import check_page_size, decode_cursor, encode_cursor
from gallerynet.core.media.model import Media
from gallerynet.core.media.rows import find, find_by_keys
from gallerynet.core.search.filtered import FilteredKeys
from gallerynet.core.search.index import Hits, Page, Vector, VectorIndex

REFERENCE_LIFETIME = timedelta(hours=24)


@dataclass(frozen=True)
class Reference:
    """What is searched by: a library item (which never finds itself), or a picture that was uploaded for it."""

    id: Id
    vector: Vector
    own_key: int | None


@dataclass(frozen=True, slots=True)
class SimilarItem:
    node: Media
    similarity: float  # percent
    cursor: str


@dataclass(frozen=True, slots=True)
class SimilarPage:
    items: list[SimilarItem]
    total_count: int
    reference_id: Id
    has_next: bool
    has_previous: bool


def similarity(cosine: float) -> float:
    """Percent, 0..100, as 100 (1 - d / 2) of the cosine distance d = 1 - cosine."""
    return 50 * (1 + cosine)


def cosine_of(percent: float) -> float:
    """The cosine that a similarity stands for. Raises InvalidInput outside 0..100."""
    if not 0 <= percent <= 100:
        raise InvalidInput(f"A similarity is a percentage from 0 to 100, not {percent:g}.")
    return percent / 50 - 1


class Likeness:
    def __init__(self, database: Database, index: VectorIndex, filtered: FilteredKeys) -> None:
        self._database = database
        self._index = index
        self._filtered = filtered

    def remember(self, vector: Vector) -> Reference:
        """Keeps the vector of an uploaded picture for a day, so that a moved slider needs no second upload."""
        identity = new_id()
        with self._database.write() as tx:
            oldest = timestamp(to_datetime(tx.started_at) - REFERENCE_LIFETIME)
            tx.execute(sa.delete(similarity_references).where(similarity_references.c.created_at < oldest))
            tx.execute(
                sa.insert(similarity_references).values(
                    id=identity, embedding=vector.astype("<f4").tobytes(), created_at=tx.started_at
                )
            )
        return Reference(identity, vector, None)

    def by_item(self, identity: Id) -> Reference:
        """Raises NotFound for an unknown item, InvalidInput for one that has no embedding."""
        with self._database.read() as connection:
            item = find(connection, identity)
        vector = self._index.get(item.key)
        if vector is None:
            raise InvalidInput(
                f"{item.original_filename} could not be analysed, so nothing can be compared with it"
                + (f": {item.processing_error}" if item.processing_error else " yet.")
            )
        return Reference(identity, vector, item.key)

    def by_reference(self, identity: Id) -> Reference:
        """A reference that an earlier search gave. Raises NotFound where it is unknown or too old."""
        with self._database.read() as connection:
            row = connection.execute(
                sa.select(similarity_references).where(similarity_references.c.id == identity)
            ).first()
        if row is None:
            try:
                return self.by_item(identity)
            except NotFound as error:
                raise NotFound("That reference picture is no longer kept. Upload it again.") from error
        if to_datetime(row.created_at) + REFERENCE_LIFETIME < to_datetime(now()):
            raise NotFound("That reference picture is no longer kept. Upload it again.")
        return Reference(identity, np.frombuffer(row.embedding, dtype="<f4").astype(np.float32), None)

    def similar(
        self,
        reference: Reference,
        min_similarity: float,
        first: int,
        after: str | None,
        wanted: MediaFilter = EVERYTHING,
    ) -> SimilarPage:
        """The most similar items first. Raises InvalidInput for a similarity or page size out of range."""
        check_page_size(first)
        page = Page(first, None if after is None else _read_cursor(after))
        hits = self._hits(reference, cosine_of(min_similarity), wanted, page)
        keys, cosines = hits.keys.tolist(), hits.cosines.tolist()
        with self._database.read() as connection:
            found = {item.key: item for item in find_by_keys(connection, keys)}
        items = [
            SimilarItem(found[key], similarity(cosine), encode_cursor(cosine, key))
            for key, cosine in zip(keys, cosines, strict=True)
            if key in found
        ]
        has_next = hits.before + len(keys) < hits.total
        return SimilarPage(items, hits.total, reference.id, has_next, hits.before > 0)

    def _hits(self, reference: Reference, min_cosine: float, wanted: MediaFilter, page: Page) -> Hits:
        own = np.array([] if reference.own_key is None else [reference.own_key], dtype=np.int64)
        if wanted == EVERYTHING:
            without = np.concatenate([own, self._filtered.of(MediaFilter(trashed=True))])
            return self._index.search(reference.vector, min_cosine, None, without, page)
        return self._index.search(reference.vector, min_cosine, self._filtered.of(wanted), own, page)


def _read_cursor(cursor: str) -> tuple[float, int]:
    """The cosine and key of the hit that a page follows."""
    cosine, key = decode_cursor(cursor, 2)
    if not isinstance(cosine, float | int) or not isinstance(key, int):
        raise InvalidInput("after is no cursor of this list.")
    return cosine, key
