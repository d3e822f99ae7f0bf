"""Download plans: which originals go into which archive, kept until they expire."""

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from gallerynet.core.clock import Clock, Timestamp, now, timestamp, to_datetime
from gallerynet.core.database import Database
from gallerynet.core.database.tables import download_parts, download_plans, folders, media
from gallerynet.core.downloads.archive import Archive, Entry
from gallerynet.core.downloads.names import UniqueNames, portable
from gallerynet.core.errors import InvalidInput, NotFound
from gallerynet.core.ids import Id, new_id
from gallerynet.core.media.filters import MediaFilter, conditions
from gallerynet.core.storage import Storage

LIFETIME = timedelta(hours=24)
MAX_PART_BYTES = 2**31 - 1
CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Part:
    id: Id
    filename: str
    file_count: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Parts have no file in common, and together hold all that were asked for."""

    id: Id
    file_count: int
    total_bytes: int
    expires_at: Timestamp
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class Download:
    """A part ready to be sent; the ETag names its bytes."""

    filename: str
    archive: Archive
    etag: str


class Downloads:
    def __init__(self, database: Database, storage: Storage, clock: Clock = now) -> None:
        self._database = database
        self._storage = storage
        self._clock = clock

    def plan(self, ids: Sequence[Id] | None, wanted: MediaFilter | None) -> Plan:
        """Plans the download of the items of these ids, or of all that a filter finds; oldest first.

        Ids that name nothing are left out. Raises InvalidInput if nothing remains.
        """
        entries = list(self._entries(ids, wanted))
        if not entries:
            raise InvalidInput("There is nothing to download: none of these items has its original.")
        groups = list(split_into_parts(entries))
        name = self._name(wanted)
        with self._database.write() as tx:
            expires = timestamp(to_datetime(tx.started_at) + LIFETIME)
            plan = new_id()
            tx.execute(sa.delete(download_plans).where(download_plans.c.expires_at < tx.started_at))
            tx.execute(sa.insert(download_plans).values(id=plan, created_at=tx.started_at, expires_at=expires))
            parts = []
            for number, group in enumerate(groups, 1):
                suffix = f"_part{number}" if len(groups) > 1 else ""
                part = Part(new_id(), f"{name}_{tx.started_at[:10]}{suffix}.zip", len(group), Archive(group).length)
                parts.append(part)
                tx.execute(
                    sa.insert(download_parts).values(
                        id=part.id,
                        plan_id=plan,
                        position=number,
                        filename=part.filename,
                        file_count=part.file_count,
                        size_bytes=part.size_bytes,
                        entries=[self._to_row(entry) for entry in group],
                    )
                )
        return Plan(plan, len(entries), sum(part.size_bytes for part in parts), expires, parts)

    def open(self, part: Id) -> Download:
        """Raises NotFound for a part that is unknown or has expired."""
        query = (
            sa.select(download_parts, download_plans.c.expires_at)
            .join(download_plans, download_plans.c.id == download_parts.c.plan_id)
            .where(download_parts.c.id == part)
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None or row.expires_at < self._clock():
            raise NotFound("This download is not known, or has expired. Plan it again.")
        entries = [Entry(self._storage.original(stored[0]), *stored[1:]) for stored in row.entries]
        etag = hashlib.blake2b(repr(row.entries).encode(), digest_size=16).hexdigest()
        return Download(row.filename, Archive(entries), etag)

    def _entries(self, ids: Sequence[Id] | None, wanted: MediaFilter | None) -> Iterator[Entry]:
        names = UniqueNames()
        for row in self._rows(ids, wanted):
            path = self._storage.original(row.filename)
            try:
                stat = path.stat()
            except OSError:
                continue  # repair reports it
            yield Entry(
                path=path,
                name=names.take(row.original_filename),
                size=stat.st_size,
                crc32=_crc32(path) if row.crc32 is None else row.crc32,
                modified=int(to_datetime(row.original_date).timestamp()),
                mtime_ns=stat.st_mtime_ns,
            )

    def _rows(self, ids: Sequence[Id] | None, wanted: MediaFilter | None) -> list[sa.Row[Any]]:
        columns = (media.c.filename, media.c.original_filename, media.c.crc32, media.c.original_date, media.c.key)
        query: sa.Select[Any] = sa.select(*columns)
        with self._database.read() as connection:
            if ids is None:
                found = list(connection.execute(query.where(*conditions(wanted or MediaFilter()))))
            else:
                chunks = (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
                found = [row for chunk in chunks for row in connection.execute(query.where(media.c.id.in_(chunk)))]
        return sorted(found, key=lambda row: (row.original_date, row.key))

    def _name(self, wanted: MediaFilter | None) -> str:
        if wanted is None or wanted.folder_id is None:
            return "gallerynet"
        with self._database.read() as connection:
            name = connection.execute(sa.select(folders.c.name).where(folders.c.id == wanted.folder_id)).scalar()
        return portable(name or "gallerynet")

    def _to_row(self, entry: Entry) -> list[Any]:
        stored = str(entry.path.relative_to(self._storage.uploads))
        return [stored, entry.name, entry.size, entry.crc32, entry.modified, entry.mtime_ns]


def split_into_parts(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Parts under MAX_PART_BYTES, as full as the order allows; a larger file is a part of its own."""
    part: list[Entry] = []
    length = Archive([]).length
    for entry in entries:
        grown = Archive([entry]).length - Archive([]).length
        if part and length + grown > MAX_PART_BYTES:
            yield part
            part, length = [], Archive([]).length
        part.append(entry)
        length += grown
    if part:
        yield part


def _crc32(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while piece := file.read(2**20):
            crc = zlib.crc32(piece, crc)
    return crc
