"""Lists of items: pages by key, windows by position, and the timeline's geometry."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
import orjson
import sqlalchemy as sa

from gallerynet.core.database import Database
from gallerynet.core.database.tables import media, media_counts
from gallerynet.core.errors import InvalidInput
from gallerynet.core.media.filters import MediaFilter, conditions
from gallerynet.core.media.model import Media
from gallerynet.core.media.rows import media_from_row, select_media

MAX_PAGE = 200


class SortField(Enum):
    DATE = "original_date"
    SIZE = "size_bytes"
    UPLOADED = "uploaded_at"
    NAME = "original_filename"


class Granularity(Enum):
    """How many characters of a date name its bucket."""

    YEAR = 4
    MONTH = 7
    DAY = 10


@dataclass(frozen=True, slots=True)
class MediaSort:
    """Items that are equal by ``field`` are told apart by their keys, so every order is total."""

    field: SortField = SortField.DATE
    descending: bool = True

    @property
    def column(self) -> sa.Column[Any]:
        return media.c[self.field.value]

    def order(self) -> list[sa.UnaryExpression[Any]]:
        return [column.desc() if self.descending else column.asc() for column in (self.column, media.c.key)]

    def cursor(self, item: Media) -> str:
        """Names the place of the item in a list of this order."""
        return encode_cursor(self.field.name, getattr(item, self.field.value), item.key)

    def read_cursor(self, cursor: str) -> tuple[str | int, int]:
        """The sort value and key of a cursor. Raises InvalidInput where it is of no list of this order."""
        field, value, key = decode_cursor(cursor, 3)
        if field != self.field.name or not isinstance(value, str | int) or not isinstance(key, int):
            raise InvalidInput("after is a cursor of a list in another order: start again without it.")
        return value, key


NEWEST_FIRST = MediaSort()


@dataclass(frozen=True, slots=True)
class Page:
    items: list[Media]
    cursors: list[str]
    has_next: bool
    has_previous: bool


@dataclass(frozen=True, slots=True)
class Bucket:
    key: str
    count: int


@dataclass(frozen=True, slots=True)
class Timeline:
    revision: str
    total_count: int
    buckets: list[Bucket]
    aspect_ratios: str


class MediaLists:
    """Reads lists of the library's items."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, wanted: MediaFilter, sort: MediaSort, first: int, after: str | None) -> Page:
        """The ``first`` items after the cursor ``after``.

        A cursor holds the sort value and key of an item: additions and deletions elsewhere neither repeat nor skip one.
        Raises InvalidInput for a page of no or too many items, and a cursor of another list.
        """
        check_page_size(first)
        query = _keys(wanted, sort).limit(first + 1)
        if after is not None:
            position = sa.tuple_(sort.column, media.c.key)
            last = sa.tuple_(*sort.read_cursor(after))
            query = query.where(position < last if sort.descending else position > last)
        found = self._read(query, sort)
        items = found[:first]
        return Page(items, [sort.cursor(item) for item in items], len(found) > first, after is not None)

    def count(self, wanted: MediaFilter) -> int:
        """How many there are; of the library as a whole, or of one type, that is known without counting."""
        whole = MediaFilter(media_type=wanted.media_type, trashed=wanted.trashed)
        if wanted == whole:
            query = sa.select(sa.func.coalesce(sa.func.sum(media_counts.c.item_count), 0)).where(
                media_counts.c.is_trashed == wanted.trashed
            )
            if wanted.media_type is not None:
                query = query.where(media_counts.c.media_type == wanted.media_type.value)
        else:
            query = sa.select(sa.func.count()).select_from(media).where(*conditions(wanted))
        with self._database.read() as connection:
            found: int = connection.execute(query).scalar_one()
            return found

    def window(self, wanted: MediaFilter, sort: MediaSort, offset: int, limit: int) -> list[Media]:
        """The items at positions ``offset`` to ``offset + limit``. Raises InvalidInput for positions out of range."""
        check_page_size(limit)
        if not 0 <= offset < 2**31:
            raise InvalidInput("offset must be 0 or more.")
        return self._read(_keys(wanted, sort).limit(limit).offset(offset), sort)

    def timeline(self, wanted: MediaFilter, sort: MediaSort, granularity: Granularity) -> Timeline:
        """The geometry of the whole list. Buckets are there for orders by time only."""
        by_time = sort.field in (SortField.DATE, SortField.UPLOADED)
        bucket = sa.func.substr(sort.column, 1, granularity.value)
        shapes = (
            sa.select(media.c.key, media.c.width, media.c.height).where(*conditions(wanted)).order_by(*sort.order())
        )
        counts = sa.select(bucket, sa.func.count()).select_from(media).where(*conditions(wanted)).group_by(bucket)
        with self._database.read() as connection:
            rows = connection.execute(
                shapes
            ).cursor.fetchall()  # 100,000 tuples: SQLAlchemy's rows cost twice the query
            buckets = connection.execute(counts).all() if by_time else []
        columns = np.array(rows, dtype=np.float64).reshape(-1, 3)
        return Timeline(
            revision=hashlib.blake2b(columns[:, 0].tobytes(), digest_size=12).hexdigest(),
            total_count=len(rows),
            buckets=[Bucket(key, count) for key, count in sorted(map(tuple, buckets), reverse=sort.descending)],
            aspect_ratios=base64.b64encode(_aspect_bytes(columns[:, 1:])).decode("ascii"),
        )

    def _read(self, keys: sa.Select[tuple[int]], sort: MediaSort) -> list[Media]:
        query = select_media().where(media.c.key.in_(keys)).order_by(*sort.order())
        with self._database.read() as connection:
            return [media_from_row(row) for row in connection.execute(query)]


def _keys(wanted: MediaFilter, sort: MediaSort) -> sa.Select[tuple[int]]:
    """The list by its keys alone, which an index answers; only what is shown is read in full."""
    return sa.select(media.c.key).where(*conditions(wanted)).order_by(*sort.order()).correlate(None)


def check_page_size(count: int, limit: int = MAX_PAGE) -> None:
    """Raises InvalidInput unless ``count`` is 1 to ``limit``."""
    if not 1 <= count <= limit:
        raise InvalidInput(f"Ask for 1 to {limit} items at a time, not for {count}.")


def _aspect_bytes(sizes: np.ndarray[Any, np.dtype[np.float64]]) -> bytes:
    """One byte a row of widths and heights, shape (n, 2); NaN where they are not known."""
    octaves = np.log2(np.maximum(sizes[:, 0], 1) / np.maximum(sizes[:, 1], 1))
    scaled: bytes = np.clip(np.floor(128 + 32 * np.nan_to_num(octaves) + 0.5), 0, 255).astype(np.uint8).tobytes()
    return scaled


def encode_cursor(*parts: object) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode("ascii").rstrip("=")


def decode_cursor(cursor: str, length: int) -> list[Any]:
    """The parts of a cursor. Raises InvalidInput where it is none of ours."""
    try:
        parts = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        parts = None
    if not isinstance(parts, list) or len(parts) != length:
        raise InvalidInput("after is no cursor of this list: pass an endCursor or an edge's cursor as it was given.")
    return parts
