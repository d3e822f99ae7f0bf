"""Keeping the library whole: what is missing of an item is made again from its original."""

import asyncio
import hashlib
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from gallerynet.core.database import Database
from gallerynet.core.database.tables import media
from gallerynet.core.duplicates.scan import DuplicateScan
from gallerynet.core.errors import GalleryError
from gallerynet.core.events import EventKind, record_media
from gallerynet.core.ids import Id
from gallerynet.core.ingest.pipeline import DECODER, THUMBNAIL_VERSION, Ingest, derived_columns, store_derived
from gallerynet.core.jobs import JobKind, Jobs, Progress
from gallerynet.core.media.model import PlaybackState
from gallerynet.core.media.rows import is_searchable
from gallerynet.core.storage import Storage
from gallerynet.core.trash import Trash
from gallerynet.core.video.previews import Previews
from gallerynet.core.vision.embedder import Embedder

PIECE = 2**20
SECONDS_AFTER_START = 15
SECONDS_BETWEEN = 24 * 60 * 60


class Maintenance:
    """The handlers of the jobs that nobody asks for: repair, re-embedding, emptying the trash of what is old."""

    def __init__(
        self,
        database: Database,
        storage: Storage,
        embedder: Embedder,
        ingest: Ingest,
        trash: Trash,
        previews: Previews,
        duplicate_scan: DuplicateScan,
        jobs: Jobs,
    ) -> None:
        self._database = database
        self._storage = storage
        self._embedder = embedder
        self._ingest = ingest
        self._trash = trash
        self._previews = previews
        self._duplicate_scan = duplicate_scan
        self._jobs = jobs
        jobs.register(JobKind.REPAIR, self.repair)
        jobs.register(JobKind.REEMBED, self.repair)
        jobs.register(JobKind.PURGE_TRASH, self.purge)

    async def run_chores(self) -> None:
        """Asks for what nobody asks for: soon after the start, then once a day."""
        await asyncio.sleep(SECONDS_AFTER_START)
        while True:
            for kind in (JobKind.REPAIR, JobKind.PURGE_TRASH):
                await asyncio.to_thread(self._jobs.queue, kind)
            await asyncio.to_thread(self._previews.queue)
            await asyncio.to_thread(self._duplicate_scan.queue_if_needed)
            await asyncio.sleep(SECONDS_BETWEEN)

    def repair(self, progress: Progress) -> str:
        """Makes again what is missing of items: hashes, thumbnails, embedding. All that need it, or those of ``ids``.

        A file that could not be decoded is tried again when it is named, or when the decoder has changed.
        """
        named: list[Id] | None = progress.arguments.get("ids")
        waiting = self._broken(named)
        repaired = 0
        for number, row in enumerate(waiting):
            progress.report(number, len(waiting), f"Repairing {row.original_filename}")
            repaired += self._repair_one(row)
        progress.report(len(waiting), len(waiting))
        self._previews.queue()
        self._duplicate_scan.queue_if_needed()
        failed = len(waiting) - repaired
        return f"{repaired} items repaired." + (f" {failed} could not be: see their errors." if failed else "")

    def purge(self, progress: Progress) -> str:
        """Removes for good what has been in the trash for 30 days."""
        count = self._trash.purge_expired().count
        progress.report(count, count)
        return f"{count} items removed from the trash."

    def _broken(self, named: Sequence[Id] | None) -> list[sa.Row[Any]]:
        columns = (
            "key",
            "id",
            "filename",
            "original_filename",
            "crc32",
            "thumbnail_version",
            "phash",
            "playback_state",
        )
        query: sa.Select[Any] = sa.select(*(media.c[name] for name in columns), is_searchable().label("is_searchable"))
        if named is None:
            worth_a_try = sa.or_(media.c.processing_error.is_(None), media.c.decoded_by.is_distinct_from(DECODER))
            query = query.where(worth_a_try)
        else:
            query = query.where(media.c.id.in_(named))
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(media.c.key)).all()
        return [row for row in rows if not self._is_whole(row)]

    def _is_whole(self, row: sa.Row[Any]) -> bool:
        return bool(
            row.phash is not None
            and row.crc32 is not None
            and row.is_searchable
            and row.thumbnail_version == THUMBNAIL_VERSION
            and self._storage.has_thumbnails(row.id)
            and (row.playback_state != PlaybackState.PREVIEW.value or self._storage.preview(row.id).exists())
        )

    def _repair_one(self, row: sa.Row[Any]) -> bool:
        """True if nothing is missing of the item afterwards; else its row says why."""
        path = self._storage.original(row.filename)
        staged = self._storage.stage()
        try:
            if not path.exists():
                return self._note_failure(row.id, "The original is missing on the server's disk.")
            digest, crc = _digests(path)
            processed = self._ingest.process(path, row.original_filename, staged.thumbnails)
            self._storage.place_thumbnails(staged, row.id)
            values = derived_columns(processed, self._embedder) | {
                "crc32": crc,
                "size_bytes": path.stat().st_size,
                "mime_type": processed.format.mime_type,
            }
            with self._database.write() as tx:
                twin = tx.execute(
                    sa.select(media.c.key).where(media.c.content_hash == digest, media.c.key != row.key)
                ).first()
                if twin is None:
                    values["content_hash"] = digest
                tx.execute(sa.update(media).where(media.c.key == row.key).values(values))
                store_derived(tx, row.key, processed)
                record_media(tx, EventKind.MEDIA_CHANGED, [row.id])
        except GalleryError as error:
            return self._note_failure(row.id, str(error))
        finally:
            self._storage.discard(staged)
        return True

    def _note_failure(self, identity: Id, reason: str) -> bool:
        with self._database.write() as tx:
            tx.execute(
                sa.update(media).where(media.c.id == identity).values(processing_error=reason, decoded_by=DECODER)
            )
            record_media(tx, EventKind.MEDIA_CHANGED, [identity])
        return False


def _digests(path: Path) -> tuple[str, int]:
    """SHA-256 in hex and CRC-32 of a file."""
    sha256, crc = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            sha256.update(piece)
            crc = zlib.crc32(piece, crc)
    return sha256.hexdigest(), crc
