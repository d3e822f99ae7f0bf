"""What an import would do, found out without changing anything: not even a database is made."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from gallerynet.core.database.driver import connect_to_read
from gallerynet.core.database.migrate import inspect
from gallerynet.core.digests import sha256_of
from gallerynet.core.errors import GalleryError
from gallerynet.core.imports.importer import OnProgress, only_media
from gallerynet.core.imports.report import CANCELLED, Fate, Outcome, Report
from gallerynet.core.imports.walk import Found, Unreadable
from gallerynet.core.ingest.formats import recognise


class _Known:
    """The content that is in the library, and what would be by now."""

    def __init__(self, database: Path) -> None:
        found = inspect(database)
        self._hashes: set[str] = set()
        if found.revision is not None:
            with closing(connect_to_read(database)) as connection:
                rows = connection.execute("SELECT content_hash FROM media WHERE content_hash IS NOT NULL")
                self._hashes = {row[0] for row in rows}

    def takes(self, content_hash: str) -> bool:
        """True the first time."""
        is_new = content_hash not in self._hashes
        self._hashes.add(content_hash)
        return is_new


def rehearse(database: Path, found: Iterable[Found | Unreadable], on_progress: OnProgress) -> Report:
    """Reads and hashes every file; does not decode any, so that some may still be rejected."""
    report = Report()
    known = _Known(database)
    with _interruptible(report):
        files = list(only_media(found, report))
        for done, file in enumerate(files, start=1):
            outcome = _outcome(file, known)
            report.note(outcome)
            on_progress(outcome, done, len(files))
    return report


@contextmanager
def _interruptible(report: Report) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        report.stopped = CANCELLED


def _outcome(found: Found, known: _Known) -> Outcome:
    try:
        recognise(found.path, found.path.name)
        return Outcome(found.path, Fate.ADDED if known.takes(sha256_of(found.path)) else Fate.KNOWN)
    except GalleryError as error:
        return Outcome(found.path, Fate.REJECTED, str(error))
    except OSError as error:
        return Outcome(found.path, Fate.REJECTED, f"The file cannot be read: {error.strerror}.")
