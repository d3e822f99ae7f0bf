"""Keeping the library whole: what is missing of an item is made again from its original."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import sqlalchemy as sa

from gallerynet.core.database import Database
from gallerynet.core.database.tables import media
from gallerynet.core.digests import digests_of
from gallerynet.core.duplicates.scan import DuplicateScan
from gallerynet.core.errors import GalleryError
from gallerynet.core.events import EventKind, record_media
from gallerynet.core.ids import Id
from gallerynet.core.ingest.metadata.beside import Beside
from gallerynet.core.ingest.pipeline import DECODER, THUMBNAIL_VERSION, Ingest, derived_columns, store_derived
from gallerynet.core.integrity import CHANGED, MISSING, note_failure
from gallerynet.core.job_notes import Counted, Note, NoteCode
from gallerynet.core.jobs import Cancelled, JobKind, Jobs, Progress
from gallerynet.core.media.model import PlaybackState
from gallerynet.core.media.rows import is_searchable
from gallerynet.core.storage import Storage
from gallerynet.core.tags.neighbours import Neighbours
from gallerynet.core.trash import Trash
from gallerynet.core.video.previews import Previews
from gallerynet.core.vision.embedder import Embedder

SECONDS_AFTER_START = 15
SECONDS_BETWEEN = 24 * 60 * 60
SECONDS_BETWEEN_LOOKS = 30

COLUMNS = (
    "key",
    "id",
    "filename",
    "original_filename",
    "sidecar_json",
    "content_hash",
    "crc32",
    "size_bytes",
    "phash",
    "thumbnail_version",
    "embedding_model",
    "decoded_by",
    "processing_error",
    "playback_state",
)

_WORTH_A_TRY = sa.or_(media.c.processing_error.is_(None), media.c.decoded_by.is_distinct_from(DECODER))


class Maintenance:
    """The handlers of the jobs that nobody asks for: repair, re-embedding, emptying the trash of what is old.

    ``threads`` is how many items are worked on side by side.
    """

    def __init__(
        self,
        database: Database,
        storage: Storage,
        embedder: Embedder,
        ingest: Ingest,
        trash: Trash,
        previews: Previews,
        neighbours: Neighbours,
        duplicate_scan: DuplicateScan,
        jobs: Jobs,
        threads: int,
    ) -> None:
        self._database = database
        self._storage = storage
        self._embedder = embedder
        self._ingest = ingest
        self._trash = trash
        self._previews = previews
        self._neighbours = neighbours
        self._duplicate_scan = duplicate_scan
        self._jobs = jobs
        self._threads = threads
        jobs.register(JobKind.REPAIR, self.repair)
        jobs.register(JobKind.REEMBED, self.reembed)
        jobs.register(JobKind.PURGE_TRASH, self.purge)

    async def run_chores(self) -> None:
        """Asks for what nobody asks for: soon after the start, then once a day."""
        await asyncio.sleep(SECONDS_AFTER_START)
        while True:
            if await asyncio.to_thread(self._of_other_models):
                await asyncio.to_thread(self._jobs.queue, JobKind.REEMBED)
            for kind in (JobKind.REPAIR, JobKind.PURGE_TRASH):
                await asyncio.to_thread(self._jobs.queue, kind)
            await asyncio.to_thread(self._duplicate_scan.queue_if_needed)
            for _ in range(SECONDS_BETWEEN // SECONDS_BETWEEN_LOOKS):
                await asyncio.to_thread(self._previews.queue)  # an import beside the server leaves them to it
                await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

    def repair(self, progress: Progress) -> Note:
        """Makes again what is missing of items: hashes, thumbnails, embedding. All that need it, or those of ``ids``.

        A file that could not be decoded is tried again when it is named, or when the decoder has changed.
        """
        done = self._restore(self._broken(progress.arguments.get("ids")), progress, NoteCode.REPAIRED)
        finding = Note(NoteCode.FINDING_ALIKE)
        self._neighbours.complete(lambda done, total: progress.report(done, total, finding))
        self._previews.queue()
        self._duplicate_scan.queue_if_needed()
        return done

    def reembed(self, progress: Progress) -> Note:
        """Embeds anew what another model embedded. Each item can be found as soon as it is done."""
        return self._restore(self._of_other_models(), progress, NoteCode.REEMBEDDED)

    def purge(self, progress: Progress) -> Note:
        """Removes for good what has been in the trash for 30 days."""
        count = self._trash.purge_expired().count
        progress.report(count, count)
        return Note(NoteCode.PURGED, {Counted.ITEMS: count})

    def _restore(self, rows: Sequence[sa.Row[Any]], progress: Progress, done: NoteCode) -> Note:
        restored = 0
        with ThreadPoolExecutor(self._threads, thread_name_prefix="restore") as threads:
            try:
                outcomes = threads.map(self._restore_one, rows)
                for number, (row, is_restored) in enumerate(zip(rows, outcomes, strict=True)):
                    progress.report(number, len(rows), Note(NoteCode.AT_ITEM, name=row.original_filename))
                    restored += is_restored
            except Cancelled:
                threads.shutdown(cancel_futures=True)
                raise
        progress.report(len(rows), len(rows))
        return Note(done, {Counted.ITEMS: restored, Counted.FAILED: len(rows) - restored})

    def _broken(self, named: Sequence[Id] | None) -> list[sa.Row[Any]]:
        if named is not None:
            rows = self._rows(media.c.id.in_(named))
            return [row for row in rows if not (row.is_searchable and self._is_whole(row))]
        rows = self._rows(_WORTH_A_TRY)
        return [row for row in rows if row.embedding_model is None or not self._is_whole(row)]

    def _of_other_models(self) -> list[sa.Row[Any]]:
        """What lacks nothing but a vector of the model in use; repair sees to the rest."""
        rows = self._rows(_WORTH_A_TRY, media.c.embedding_model.is_not(None), ~is_searchable())
        return [row for row in rows if self._is_whole(row)]

    def _rows(self, *conditions: sa.ColumnElement[bool]) -> list[sa.Row[Any]]:
        query: sa.Select[Any] = sa.select(*(media.c[name] for name in COLUMNS), is_searchable().label("is_searchable"))
        with self._database.read() as connection:
            return list(connection.execute(query.where(*conditions).order_by(media.c.key)))

    def _is_whole(self, row: sa.Row[Any]) -> bool:
        try:
            size = self._storage.original(row.filename).stat().st_size
        except FileNotFoundError:
            return False
        return bool(
            row.processing_error is None
            and row.phash is not None
            and row.crc32 is not None
            and row.size_bytes == size
            and row.thumbnail_version == THUMBNAIL_VERSION
            and self._storage.has_thumbnails(row.id)
            and (row.playback_state != PlaybackState.PREVIEW.value or self._storage.preview(row.id).exists())
        )

    def _restore_one(self, row: sa.Row[Any]) -> bool:
        """True if nothing is missing of the item afterwards; else its row says why."""
        path = self._storage.original(row.filename)
        if not path.exists():
            return self._note_failure(row, MISSING, None)
        digest, crc = digests_of(path)
        if row.content_hash not in (None, digest):
            return self._note_failure(row, CHANGED, None)
        staged = self._storage.stage()
        try:
            processed = self._ingest.process(path, row.original_filename, staged.thumbnails)
            self._storage.place_thumbnails(staged, row.id)
        except GalleryError as error:
            return self._note_failure(row, str(error), DECODER)
        finally:
            self._storage.discard(staged)
        values = derived_columns(processed, self._embedder, Beside.from_json(row.sidecar_json)) | {
            "crc32": crc,
            "size_bytes": path.stat().st_size,
            "mime_type": processed.format.mime_type,
        }
        with self._database.write() as tx:
            same_bytes = sa.select(media.c.key).where(media.c.content_hash == digest, media.c.key != row.key)
            if tx.execute(same_bytes).first() is None:
                values["content_hash"] = digest
            if tx.execute(sa.update(media).where(media.c.key == row.key).values(values)).rowcount:
                store_derived(tx, row.key, processed)
                record_media(tx, EventKind.MEDIA_CHANGED, [row.id])
                return True
        self._storage.remove(row.id)  # deleted meanwhile: its files have gone already
        return True

    def _note_failure(self, row: sa.Row[Any], reason: str, decoder: str | None) -> bool:
        note_failure(self._database, row.id, reason, decoder)
        return False
