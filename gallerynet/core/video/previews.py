"""The job that makes what browsers play of videos that they cannot: one at a time, behind everything else."""

import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from gallerynet.core.database import Database
from gallerynet.core.database.tables import media
from gallerynet.core.errors import GalleryError, Unavailable, UnsupportedMedia
from gallerynet.core.events import EventKind, record_media
from gallerynet.core.ids import Id
from gallerynet.core.ingest.formats import recognise
from gallerynet.core.job_notes import Counted, Note, NoteCode
from gallerynet.core.jobs import JobKind, Jobs, Progress
from gallerynet.core.media.model import Media, PlaybackState
from gallerynet.core.storage import Storage
from gallerynet.core.video.transcode import make_preview

MEMORY_BYTES = 4 * 2**30
MAX_CPU_SECONDS = 24 * 60 * 60
MAX_PREVIEW_BYTES = 64 * 2**30
SECONDS_BETWEEN_REPORTS = 0.5
# Without a sign of life for so long the decoder hangs.
SILENT_SECONDS = 300.0
WAITING = media.c.playback_state == PlaybackState.WAITING.value


class Previews:
    """Keeps every video playable. A preview is a file beside the thumbnails, which can be made anew at any time."""

    def __init__(self, database: Database, storage: Storage, jobs: Jobs) -> None:
        self._database = database
        self._storage = storage
        self._jobs = jobs
        jobs.register(JobKind.VIDEO_PREVIEW, self.make_all)

    def want(self, item: Media) -> None:
        """Called with each new item."""
        if item.playback_state is PlaybackState.WAITING:
            self._jobs.queue(JobKind.VIDEO_PREVIEW)

    def queue(self) -> None:
        """Asks for the job if there is something for it to do."""
        with self._database.read() as connection:
            is_wanted = connection.execute(sa.select(media.c.key).where(WAITING).limit(1)).first() is not None
        if is_wanted:
            self._jobs.queue(JobKind.VIDEO_PREVIEW)

    def make_all(self, progress: Progress) -> Note:
        """Makes all that wait, those that come meanwhile included, the oldest first."""
        done = failed = 0
        while (row := self._next()) is not None:
            total = done + self._count()
            name = row.original_filename

            def report(share: float, done: int = done, total: int = total, name: str = name) -> None:
                percent = {Counted.PERCENT: round(100 * share)}
                progress.report(done, total, Note(NoteCode.MAKING_PLAYABLE, percent, name))

            failed += not self._make(row, report, progress)
            done += 1
        progress.report(done, done)
        return Note(NoteCode.MADE_PLAYABLE, {Counted.VIDEOS: done - failed, Counted.FAILED: failed})

    def _next(self) -> Any:
        query = sa.select(media.c.id, media.c.filename, media.c.original_filename).where(WAITING)
        with self._database.read() as connection:
            return connection.execute(query.order_by(media.c.key).limit(1)).first()

    def _count(self) -> int:
        with self._database.read() as connection:
            return connection.execute(sa.select(sa.func.count()).where(WAITING)).scalar_one()

    def _make(self, row: Any, report: Callable[[float], None], progress: Progress) -> bool:
        """Makes one, unless it is there already; False where that is not possible."""
        staged = self._storage.stage()
        target = staged.thumbnails / "preview.mp4"
        try:
            if not self._storage.preview(row.id).exists():
                self._transcode(self._storage.original(row.filename), row.original_filename, target, report, progress)
                self._storage.place_preview(target, row.id)
            values = {"playback_state": PlaybackState.PREVIEW.value}
        except Unavailable:
            raise  # no fault of the video: it goes on waiting
        except GalleryError as error:
            values = {
                "playback_state": PlaybackState.FAILED.value,
                "processing_error": f"It cannot be made playable in a browser. {error}",
            }
        finally:
            self._storage.discard(staged)
        self._note(row.id, values)
        return values["playback_state"] == PlaybackState.PREVIEW.value

    def _transcode(
        self, source: Path, name: str, target: Path, report: Callable[[float], None], progress: Progress
    ) -> None:
        """Runs ``make_preview`` in a process of its own; raises what it raises, UnsupportedMedia where the process
        dies or falls silent, and Cancelled."""
        if not source.exists():
            raise UnsupportedMedia("The original is missing on the server's disk.")
        demuxer = recognise(source, name).name
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(source, demuxer, target, theirs), daemon=True)
        process.start()
        theirs.close()
        try:
            heard = time.monotonic()
            while True:
                progress.check()
                if ours.poll(SECONDS_BETWEEN_REPORTS):
                    message = ours.recv()
                    heard = time.monotonic()
                    if message is None:
                        return
                    if isinstance(message, Exception):
                        raise message
                    report(message)
                elif time.monotonic() - heard > SILENT_SECONDS:
                    raise UnsupportedMedia("Its decoder got stuck. Is the file damaged?")
        except EOFError as error:
            raise UnsupportedMedia("It made its decoder fail: it is damaged, or needs too much memory.") from error
        finally:
            process.kill()
            process.join()
            ours.close()

    def _note(self, identity: Id, values: dict[str, str]) -> None:
        with self._database.write() as tx:
            changed = tx.execute(sa.update(media).where(media.c.id == identity).values(values)).rowcount
            if changed:
                record_media(tx, EventKind.MEDIA_CHANGED, [identity])
        if not changed:  # deleted meanwhile
            self._storage.remove(identity)


def _work(source: Path, demuxer: str, target: Path, connection: Connection) -> None:
    """The process: tells the share that is done, then None, or the GalleryError that ended it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which then ends us
    os.nice(19)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_PREVIEW_BYTES, MAX_PREVIEW_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    told = 0.0

    def report(share: float) -> None:
        nonlocal told
        if time.monotonic() - told > SECONDS_BETWEEN_REPORTS:
            told = time.monotonic()
            connection.send(share)

    try:
        try:
            make_preview(source, demuxer, target, report)
        except GalleryError as error:
            connection.send(error)
        else:
            connection.send(None)
    except BrokenPipeError:
        return  # the server has gone
