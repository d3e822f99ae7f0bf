"""Copies files into the library: many in flight, nothing twice, and the originals left as they are.

A file is known by its content, so an import that was interrupted is simply run again. What lies in the trash counts as
there: somebody threw it away.
"""

import errno
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from gallerynet.core.errors import GalleryError, Unavailable
from gallerynet.core.imports.destinations import Destinations
from gallerynet.core.imports.hashes import SeenFiles
from gallerynet.core.imports.report import CANCELLED, Fate, Outcome, Report
from gallerynet.core.imports.sidecars import Neighbours
from gallerynet.core.imports.walk import Found, Unreadable
from gallerynet.core.ingest import pipeline
from gallerynet.core.ingest.formats import accepted_extensions
from gallerynet.core.ingest.receive import Received, Receiver
from gallerynet.core.job_notes import Counted, Note, NoteCode
from gallerynet.core.jobs import Cancelled, JobKind, JobState, Progress
from gallerynet.core.library import Library
from gallerynet.core.media.rows import find_by_content
from gallerynet.core.storage import RESERVE

logger = logging.getLogger("gallerynet")


@dataclass(frozen=True)
class ImportOptions:
    folder: str | None = None
    folders_from_directories: bool = False
    allow_near_duplicates: bool = False
    reserve_bytes: int = RESERVE


class DiskFull(Unavailable):
    """Nothing more goes in; what is in is safe."""


# Told of each file that is done, with how many are done and how many there are.
OnProgress = Callable[[Outcome, int, int], None]


class Importer:
    def __init__(self, library: Library, options: ImportOptions, on_progress: OnProgress) -> None:
        self._library = library
        self._options = options
        self._on_progress = on_progress
        self._seen = SeenFiles(library.database)
        self._neighbours = Neighbours()
        self._destinations = Destinations(library.folders, options.folder, options.folders_from_directories)
        self._stopping = threading.Event()

    def run(self, files: Iterable[Found | Unreadable]) -> Report:
        """Imports the pictures among the files, as a job that can be watched and cancelled from the app."""
        report = Report()

        def work(progress: Progress) -> Note:
            try:
                self._import(only_media(files, report), report, progress)
            except KeyboardInterrupt:
                raise Cancelled from None
            return report.summary()

        library = self._library
        library.jobs.look_elsewhere()  # an import that died is told apart from this one
        job = library.jobs.run_here(JobKind.IMPORT, library.storage.run, work)
        if job.state is JobState.CANCELLED:
            report.stopped = CANCELLED
        elif job.state is JobState.FAILED:
            report.stopped = job.error
        return report

    def _import(self, wanted: Iterable[Found], report: Report, progress: Progress) -> None:
        files: list[Found] = []
        for found in wanted:
            files.append(found)
            progress.report(0, None, Note(NoteCode.FINDING_FILES, {Counted.FILES: len(files)}))
        done = 0
        progress.report(0, len(files))
        try:
            for outcome in self._outcomes(files, progress):
                done += 1
                report.note(outcome)
                self._on_progress(outcome, done, len(files))
                progress.report(done, len(files), report.summary())
        finally:
            self._destinations.flush()

    def _outcomes(self, files: Iterable[Found], progress: Progress) -> Iterator[Outcome]:
        """As they end. Files that are in flight when it is stopped are brought to their end."""
        at_once = self._library.workers.size + 1
        self._stopping.clear()
        with ThreadPoolExecutor(at_once, thread_name_prefix="import") as threads:
            waiting = iter(files)
            running: set[Future[Outcome]] = set()
            try:
                while True:
                    while len(running) < at_once and (found := next(waiting, None)) is not None:
                        running.add(threads.submit(self._take, found))
                    if not running:
                        return
                    done, running = wait(running, timeout=1, return_when=FIRST_COMPLETED)
                    progress.check()
                    for future in done:
                        yield future.result()
            finally:
                self._stopping.set()

    def _take(self, found: Found) -> Outcome:
        if self._stopping.is_set():
            return Outcome(found.path, Fate.REJECTED, "The import ended before it came to this file.")
        try:
            return self._add(found)
        except DiskFull:
            raise
        except GalleryError as error:
            return Outcome(found.path, Fate.REJECTED, str(error))
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise self._disk_full() from error
            return Outcome(found.path, Fate.REJECTED, f"The file cannot be read: {error.strerror}.")
        except Exception as error:  # one file's surprise is no reason to leave out the others
            if isinstance(error, sa.exc.OperationalError) and "full" in str(error.orig):
                raise self._disk_full() from error
            logger.exception("Importing %s failed", found.path)
            return Outcome(found.path, Fate.REJECTED, "It failed inside; the log says why.")

    def _add(self, found: Found) -> Outcome:
        path, stat = found.path, found.path.stat()
        content_hash = self._seen.content_hash(path, stat)
        with self._library.database.read() as connection:
            known = find_by_content(connection, [content_hash])
        if known:
            if known[0].trashed_at is None:
                self._destinations.put(found, known[0].id)
            self._seen.remember(path, stat, content_hash)
            return Outcome(path, Fate.KNOWN)
        if not self._library.storage.has_room(stat.st_size, self._options.reserve_bytes):
            raise self._disk_full()
        beside = self._neighbours.beside(found)
        received = self._copy(path)
        if (after := path.stat()).st_mtime_ns != stat.st_mtime_ns or after.st_size != received.size_bytes:
            self._library.storage.discard(received.staged)
            return Outcome(
                path, Fate.REJECTED, "It was changed while it was read. Import it again once it is complete."
            )
        outcome = self._library.ingest.add(received, None, self._options.allow_near_duplicates, beside)
        match outcome:
            case pipeline.Rejected():
                return Outcome(path, Fate.REJECTED, outcome.message)
            case pipeline.Added():
                self._destinations.put(found, outcome.media.id)
                self._seen.remember(path, stat, received.content_hash)
                return Outcome(path, Fate.ADDED)
            case pipeline.Duplicate():
                self._destinations.put(found, outcome.existing.id)
                if outcome.is_exact:
                    return Outcome(path, Fate.KNOWN)
                return Outcome(path, Fate.SAME_PICTURE, f"It shows what {outcome.existing.original_filename} shows.")

    def _copy(self, path: Path) -> Received:
        receiver = Receiver(self._library.storage, path.name)
        try:
            receiver.take(path)
            return receiver.finish()
        except BaseException:
            receiver.abandon()
            raise

    def _disk_full(self) -> DiskFull:
        return DiskFull(
            f"The disk of {self._library.storage.uploads.resolve()} is full. What was imported is safe; make room and "
            "run the same import again: it goes on where it ended."
        )


def only_media(files: Iterable[Found | Unreadable], report: Report) -> Iterator[Found]:
    """The files to import; notes in the report what cannot be read, and what is no picture."""
    extensions = set(accepted_extensions())
    for found in files:
        if isinstance(found, Unreadable):
            report.note(Outcome(found.path, Fate.REJECTED, found.reason))
            continue
        extension = found.path.suffix.lower().removeprefix(".")
        if found.is_named or extension in extensions:
            yield found
        elif extension not in ("xmp", "json"):
            report.left_out[extension or "no extension"] += 1
