"""Whether the library is whole: its rows held against what lies on the disk. Nothing is changed by looking."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import sqlalchemy as sa

from gallerynet.core.database import Database
from gallerynet.core.database.tables import media
from gallerynet.core.digests import sha256_of
from gallerynet.core.events import EventKind, record_media
from gallerynet.core.ids import Id, id_from_blob, parse_id
from gallerynet.core.job_notes import Counted, Note, NoteCode
from gallerynet.core.jobs import JobKind, Jobs, Progress
from gallerynet.core.storage import STAGING, Storage

ROWS_AT_ONCE = 1_000
FILES = "[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"

MISSING = "The original is missing on the server's disk."
CHANGED = (
    "The original on the server's disk is no longer the file that came in. "
    "Put a good copy of it there, or delete the item."
)
UNREADABLE = "The original on the server's disk cannot be read."


class Flaw(Enum):
    """What can be wrong; the value says so of any number of them."""

    DATABASE = Counted.DATABASE.value
    MISSING = Counted.MISSING.value
    CHANGED = Counted.CHANGED.value
    UNREADABLE = Counted.UNREADABLE.value
    UNPROCESSED = Counted.UNPROCESSED.value
    THUMBNAILS = Counted.THUMBNAILS.value
    VECTORS = Counted.VECTORS.value
    STRAY = Counted.STRAY.value

    @property
    def is_mended_by_repair(self) -> bool:
        return self in (Flaw.THUMBNAILS, Flaw.VECTORS)


# What the row of an item says from then on.
_REASONS = {Flaw.MISSING: MISSING, Flaw.CHANGED: CHANGED, Flaw.UNREADABLE: UNREADABLE}


@dataclass(frozen=True)
class Finding:
    flaw: Flaw
    what: str  # a file, or what the database says
    reason: str = ""
    item: Id | None = None


Report = Callable[[int, int], None]  # items done, of how many


def check(database: Database, storage: Storage, report: Report, is_quick: bool = False) -> Iterator[Finding]:
    """Everything that is found wrong. A quick check looks at the sizes of originals instead of reading them.

    Others may go on adding and deleting: what has come or gone meanwhile is no finding.
    """
    yield from _check_database(database, is_quick)
    with database.read() as connection:
        total: int = connection.execute(sa.select(sa.func.count()).select_from(media)).scalar_one()
    done = 0
    for row in _rows(database):
        report(done, total)
        done += 1
        finding = _check_item(storage, row, is_quick)
        if finding is not None and _exists(database, row.id):
            yield finding
    report(done, max(done, total))
    yield from _check_strays(database, storage)


def _check_database(database: Database, is_quick: bool) -> Iterator[Finding]:
    with database.read() as connection:
        pragma = "quick_check" if is_quick else "integrity_check"
        for (said,) in connection.exec_driver_sql(f"PRAGMA {pragma}").all():
            if said != "ok":
                yield Finding(Flaw.DATABASE, database.path.name, said)
        for table, key, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
            yield Finding(Flaw.DATABASE, database.path.name, f"Row {key} of {table} names none of {parent}.")
        without = connection.exec_driver_sql(
            "SELECT id, original_filename FROM media WHERE key IN ("
            "SELECT key FROM media WHERE embedding_model IS NOT NULL EXCEPT SELECT key FROM vec_media)"
        ).all()
        for identity, name in without:
            yield Finding(Flaw.VECTORS, name, item=id_from_blob(identity))
        for (key,) in connection.exec_driver_sql("SELECT key FROM vec_media EXCEPT SELECT key FROM media").all():
            yield Finding(Flaw.DATABASE, database.path.name, f"Vector {key} belongs to no item.")


def _rows(database: Database) -> Iterator[sa.Row[Any]]:
    """Every item, read in pieces, so that no statement holds up what is written meanwhile."""
    names = ("key", "id", "filename", "original_filename", "content_hash", "size_bytes", "processing_error")
    query = sa.select(*(media.c[name] for name in names)).order_by(media.c.key).limit(ROWS_AT_ONCE)
    last = 0
    while True:
        with database.read() as connection:
            rows = connection.execute(query.where(media.c.key > last)).all()
        if not rows:
            return
        yield from rows
        last = rows[-1].key


def _check_item(storage: Storage, row: sa.Row[Any], is_quick: bool) -> Finding | None:
    flaw, reason = _flaw_of(storage, row, is_quick)
    if flaw is None:
        return None
    name = row.filename if flaw in _REASONS else row.original_filename
    return Finding(flaw, name, reason, row.id)


def _flaw_of(storage: Storage, row: sa.Row[Any], is_quick: bool) -> tuple[Flaw | None, str]:
    path = storage.original(row.filename)
    try:
        size = path.stat().st_size
        if row.content_hash is not None and size != row.size_bytes:
            return Flaw.CHANGED, f"It has {size} bytes, not {row.size_bytes}."
        if row.content_hash is not None and not is_quick and sha256_of(path) != row.content_hash:
            return Flaw.CHANGED, "Its SHA-256 is another than when it came in."
    except FileNotFoundError:
        return Flaw.MISSING, ""
    except OSError as error:
        return Flaw.UNREADABLE, error.strerror or str(error)
    if row.processing_error is not None:
        return Flaw.UNPROCESSED, row.processing_error
    return (None, "") if storage.has_thumbnails(row.id) else (Flaw.THUMBNAILS, "")


def _check_strays(database: Database, storage: Storage) -> Iterator[Finding]:
    for root in (storage.uploads, storage.thumbnails):
        for path in root.glob(FILES):
            identity = parse_id(path.stem[:36])
            if identity is not None and (_exists(database, identity) or _is_coming(storage, identity)):
                continue
            # Renamed into place before its row is written, and deleted after: looked at once more.
            if path.exists() and (identity is None or not _exists(database, identity)):
                yield Finding(Flaw.STRAY, str(path.relative_to(root.parent)))


def _is_coming(storage: Storage, identity: Id) -> bool:
    return any(True for _ in storage.uploads.glob(f"{STAGING}/*/{identity}"))


def _exists(database: Database, identity: Id) -> bool:
    with database.read() as connection:
        return connection.execute(sa.select(media.c.key).where(media.c.id == identity)).first() is not None


class IntegrityCheck:
    """The check as a job: what is found of an item is kept in its row, what can be mended is left to the repair."""

    def __init__(self, database: Database, storage: Storage, jobs: Jobs) -> None:
        self._database = database
        self._storage = storage
        self._jobs = jobs
        jobs.register(JobKind.INTEGRITY_CHECK, self.run)

    def run(self, progress: Progress) -> Note:
        """Reads every original. Returns what was found."""

        def report(done: int, total: int) -> None:
            progress.report(done, total, Note(NoteCode.READING_ORIGINALS))

        found = Counter[Flaw]()
        for finding in check(self._database, self._storage, report):
            found[finding.flaw] += 1
            if finding.item is not None and finding.flaw in _REASONS:
                note_failure(self._database, finding.item, _REASONS[finding.flaw], None)
        if any(flaw.is_mended_by_repair for flaw in found):
            self._jobs.queue(JobKind.REPAIR)
        flaws = {Counted(flaw.value): found[flaw] for flaw in Flaw if found[flaw]}
        return Note(NoteCode.CHECKED, {Counted.ITEMS: progress.job.done} | flaws)


def note_failure(database: Database, identity: Id, reason: str, decoder: str | None) -> None:
    """Keeps the reason in the item's row; without a decoder that failed, the next repair looks again."""
    row = media.c.id == identity
    is_known: Sequence[sa.ColumnElement[bool]] = (
        media.c.processing_error.is_not_distinct_from(reason),
        media.c.decoded_by.is_not_distinct_from(decoder),
    )
    with database.read() as connection:
        if connection.execute(sa.select(media.c.key).where(row, *is_known)).first() is not None:
            return
    with database.write() as tx:
        if tx.execute(sa.update(media).where(row).values(processing_error=reason, decoded_by=decoder)).rowcount:
            record_media(tx, EventKind.MEDIA_CHANGED, [identity])
