"""Comparing what came into the library before it was compared as it comes, or by another method than today's."""

from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from gallerynet.core.database import Database, Transaction
from gallerynet.core.database.tables import duplicate_pairs, media, sketches, video_signatures
from gallerynet.core.duplicates.compare import METHOD
from gallerynet.core.duplicates.finder import MOMENT, Findings, Sameness, record_findings
from gallerynet.core.events import EventKind, record_media
from gallerynet.core.job_notes import Counted, Note, NoteCode
from gallerynet.core.jobs import Job, JobKind, Jobs, Progress
from gallerynet.core.media.model import MediaType
from gallerynet.core.media.rows import is_searchable
from gallerynet.core.search.index import VectorIndex
from gallerynet.core.search.recordings import Recordings
from gallerynet.core.storage import Storage

_COMPARED = sa.select(sketches.c.media_key).where(sketches.c.method == METHOD)


class DuplicateScan:
    """The handler of DUPLICATE_SCAN.

    Each pair is compared once, when the second of the two has its turn. What has had its turn is noted with it, so a
    scan that was cancelled, or cut off, goes on where it was.
    """

    def __init__(
        self,
        database: Database,
        storage: Storage,
        index: VectorIndex,
        sameness: Sameness,
        recordings: Recordings,
        jobs: Jobs,
    ) -> None:
        self._database = database
        self._storage = storage
        self._index = index
        self._sameness = sameness
        self._recordings = recordings
        self._jobs = jobs
        jobs.register(JobKind.DUPLICATE_SCAN, self.scan)

    def queue(self) -> Job:
        """Asks for a scan of what has not been compared yet."""
        return self._jobs.queue(JobKind.DUPLICATE_SCAN)

    def queue_if_needed(self) -> None:
        if self._waiting():
            self.queue()

    def scan(self, progress: Progress) -> Note:
        """Compares every item that waits with those that do not."""
        waiting = self._waiting()
        compared = found = 0
        for number, row in enumerate(waiting):
            progress.report(number, len(waiting), Note(NoteCode.COMPARING_COPIES, {Counted.PAIRS: found}))
            with suppress(OSError):  # its thumbnail is missing: it is to be repaired, and compared then
                findings = self._find(row)
                with self._database.write() as tx:
                    _renew(tx, row, findings)
                compared += 1
                found += len(findings.same)
        progress.report(len(waiting), len(waiting))
        return Note(NoteCode.COPIES_FOUND, {Counted.ITEMS: compared, Counted.PAIRS: found})

    def _waiting(self) -> list[sa.Row[Any]]:
        """Items that can be compared, and were not by today's method."""
        moment = sa.func.json_extract(media.c.exif_json, f'$."{MOMENT}"').label("moment")
        query: sa.Select[Any] = (
            sa.select(media.c.key, media.c.id, media.c.media_type, media.c.phash, media.c.duration, moment)
            .where(media.c.key.not_in(_COMPARED), is_searchable())
            .order_by(media.c.key)
        )
        with self._database.read() as connection:
            return list(connection.execute(query))

    def _find(self, row: sa.Row[Any]) -> Findings:
        vector = self._index.get(row.key)
        if vector is None:  # it has just gone
            return Findings([])
        if row.media_type == MediaType.VIDEO.value:
            with self._database.read() as connection:
                signature = connection.execute(
                    sa.select(video_signatures.c.signature).where(video_signatures.c.media_key == row.key)
                ).scalar()
            return (
                Findings([]) if signature is None else self._recordings.find(vector, signature, row.duration, row.key)
            )
        thumbnail = self._storage.thumbnail(row.id, "small")
        return self._sameness.find(vector, row.phash, thumbnail, row.moment, row.key, only_compared=True)


def _renew(tx: Transaction, row: sa.Row[Any], findings: Findings) -> None:
    """What an older method found goes; with what has had its turn already, today's has compared it now."""
    if tx.execute(sa.select(media.c.key).where(media.c.key == row.key)).first() is None:
        return
    other = sa.case(
        (duplicate_pairs.c.first_key == row.key, duplicate_pairs.c.second_key), else_=duplicate_pairs.c.first_key
    )
    mine = sa.or_(duplicate_pairs.c.first_key == row.key, duplicate_pairs.c.second_key == row.key)
    tx.execute(sa.delete(duplicate_pairs).where(mine, other.not_in(_COMPARED)))
    record_findings(tx, row.key, findings)
    if findings.same:
        record_media(tx, EventKind.MEDIA_CHANGED, [row.id, *(same.media.id for same in findings.same)])
