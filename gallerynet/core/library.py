"""One open gallery: its database, files, model and everything that works on them."""

import contextlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from gallerynet.core.database import Database
from gallerynet.core.database.migrate import inspect, migrate
from gallerynet.core.database.tables import library_settings, media, media_counts, similarity_references
from gallerynet.core.downloads.plans import Downloads
from gallerynet.core.duplicates.finder import Sameness
from gallerynet.core.duplicates.groups import Duplicates
from gallerynet.core.duplicates.resolve import Resolutions
from gallerynet.core.duplicates.scan import DuplicateScan
from gallerynet.core.errors import CannotStart
from gallerynet.core.events import EventFeed
from gallerynet.core.folders import Folders
from gallerynet.core.ids import Id
from gallerynet.core.ingest.pipeline import Ingest
from gallerynet.core.ingest.resumable import ResumableUploads
from gallerynet.core.ingest.workers import DecodeWorkers
from gallerynet.core.integrity import IntegrityCheck
from gallerynet.core.job_feed import JobFeed
from gallerynet.core.jobs import Jobs
from gallerynet.core.maintenance import Maintenance
from gallerynet.core.media.changes import MediaChanges
from gallerynet.core.media.listing import MediaLists
from gallerynet.core.media.model import MediaType
from gallerynet.core.media.rows import EMBEDDING_MODEL
from gallerynet.core.search.filtered import FilteredKeys
from gallerynet.core.search.forests import Forests
from gallerynet.core.search.groups import Groups
from gallerynet.core.search.index import VectorIndex
from gallerynet.core.search.likeness import Likeness
from gallerynet.core.search.memory import MemoryIndex
from gallerynet.core.search.moments import Moments
from gallerynet.core.search.recordings import Recordings
from gallerynet.core.search.table import SqliteIndex
from gallerynet.core.storage import Storage, holds_originals
from gallerynet.core.tags.features import LibraryFeatures
from gallerynet.core.tags.learner import TagLearner
from gallerynet.core.tags.names import Tags
from gallerynet.core.tags.neighbours import Neighbours
from gallerynet.core.tags.questions import TagQuestions
from gallerynet.core.trash import Trash
from gallerynet.core.video.previews import Previews
from gallerynet.core.vision.embedder import Embedder


@dataclass(frozen=True)
class LibraryPaths:
    database: Path
    model: Path
    uploads: Path
    thumbnails: Path


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of everything outside the trash, but for ``trashed_files``; the disk is the one that originals lie on."""

    total_files: int
    total_images: int
    total_videos: int
    total_size_bytes: int
    trashed_files: int
    disk_free_bytes: int
    disk_total_bytes: int


class Library:
    """Opens what is there, upgrading it first, or begins a new gallery. Raises CannotStart."""

    def __init__(
        self,
        paths: LibraryPaths,
        index_in_memory: bool = True,
        workers: int | None = None,
        is_guest: bool = False,
    ) -> None:
        """A guest works beside a server that may have the library open: it changes nothing about its model."""
        with contextlib.ExitStack() as undo:
            self.embedder = Embedder(paths.model)
            _refuse_empty_beside_full(paths)
            paths.database.parent.mkdir(parents=True, exist_ok=True)
            self.database = Database(paths.database)
            undo.callback(self.database.close)
            migrate(self.database)
            if is_guest:
                self._require_model()
            self.database.ensure_vector_table(self.embedder.dimensions)
            self._note_model()
            self.database.catch_up()
            self.storage = Storage(paths.uploads, paths.thumbnails)
            undo.callback(self.storage.close)
            self.storage.sweep(self._is_known)
            index_class = MemoryIndex if index_in_memory else SqliteIndex
            self.index: VectorIndex = index_class(self.database, self.embedder.dimensions)
            self.workers = DecodeWorkers(workers)
            undo.callback(self.workers.close)
            self.lists = MediaLists(self.database)
            self.media = MediaChanges(self.database)
            self.folders = Folders(self.database)
            self.tags = Tags(self.database)
            model = self.embedder.manifest.sha256
            self.neighbours = Neighbours(self.database, self.index, model)
            features = LibraryFeatures(self.index, self.neighbours, self.embedder.dimensions)
            self.learner = TagLearner(self.database, features, self.neighbours, model)
            self.questions = TagQuestions(self.database, features, model)
            filtered = FilteredKeys(self.database)
            self.likeness = Likeness(self.database, self.index, filtered)
            self.jobs = Jobs(self.database, is_running=self.storage.is_running)
            undo.callback(self.jobs.stop)
            forests = Forests(self.database, self.index, filtered, self.jobs, self.embedder.manifest.sha256)
            self.groups = Groups(self.database, self.index, forests)
            self.moments = Moments(self.database, self.index)
            self.duplicates = Duplicates(self.database)
            self.resolutions = Resolutions(self.database, self.duplicates)
            self.previews = Previews(self.database, self.storage, self.jobs)
            sameness = Sameness(self.database, self.storage, self.index)
            recordings = Recordings(self.database, self.index)
            self.duplicate_scan = DuplicateScan(
                self.database, self.storage, self.index, sameness, recordings, self.jobs
            )
            self.ingest = Ingest(
                self.database,
                self.storage,
                self.embedder,
                sameness,
                recordings,
                self.workers,
                on_added=[self.learner.tag_added],
                on_stored=[] if is_guest else [self.previews.want],  # the server's, when it looks next
            )
            self.resumable = ResumableUploads(self.storage, self.ingest, self.folders)
            self.downloads = Downloads(self.database, self.storage)
            self.trash = Trash(self.database, self.storage)
            self.trash.delete_files()
            self.maintenance = Maintenance(
                self.database,
                self.storage,
                self.embedder,
                self.ingest,
                self.trash,
                self.previews,
                self.neighbours,
                self.duplicate_scan,
                self.jobs,
                threads=self.workers.size,
            )
            IntegrityCheck(self.database, self.storage, self.jobs)
            self.events = EventFeed(self.database)
            self.job_feed = JobFeed(self.jobs)
            self._undo = undo.pop_all()

    def close(self) -> None:
        self._undo.close()

    def statistics(self) -> Statistics:
        with self.database.read() as connection:
            rows = connection.execute(sa.select(media_counts)).all()
        items = {(MediaType(row.media_type), row.is_trashed): row.item_count for row in rows}
        images, videos = (items.get((kind, False), 0) for kind in (MediaType.IMAGE, MediaType.VIDEO))
        size = sum(row.byte_count for row in rows if not row.is_trashed)
        trashed = sum(row.item_count for row in rows if row.is_trashed)
        disk = shutil.disk_usage(self.storage.uploads)
        return Statistics(images + videos, images, videos, size, trashed, disk.free, disk.total)

    def _is_known(self, identity: Id) -> bool:
        with self.database.read() as connection:
            return connection.execute(sa.select(media.c.key).where(media.c.id == identity)).first() is not None

    def _require_model(self) -> None:
        known = sa.select(library_settings.c.value).where(library_settings.c.name == EMBEDDING_MODEL)
        with self.database.read() as connection:
            if connection.execute(known).scalar() not in (None, self.embedder.manifest.sha256):
                raise CannotStart(
                    "The library's pictures are embedded by another model than MODEL_PATH names. Set it as the server "
                    "has it, or start the server with this model first. Nothing was changed."
                )

    def _note_model(self) -> None:
        """Vectors of another model are not searched from now on; the job REEMBED replaces them.

        References are vectors as well, and nothing can make them anew: they are forgotten.
        """
        current = self.embedder.manifest.sha256
        known = sa.select(library_settings.c.value).where(library_settings.c.name == EMBEDDING_MODEL)
        with self.database.write() as tx:
            if tx.execute(known).scalar() != current:
                tx.execute(sa.delete(similarity_references))
            statement = sqlite_insert(library_settings).values(name=EMBEDDING_MODEL, value=current)
            tx.execute(statement.on_conflict_do_update(set_={"value": statement.excluded.value}))


def _refuse_empty_beside_full(paths: LibraryPaths) -> None:
    """An empty database beside a full folder is a wrong path or a lost file, never a new gallery."""
    if not inspect(paths.database).has_media and holds_originals(paths.uploads):
        raise CannotStart(
            f"The database {paths.database} has no items, but the folder {paths.uploads} holds originals. Nothing was "
            "changed. Does DATABASE_PATH point at the right file? To begin a new gallery, give it an empty UPLOAD_DIR."
        )
