"""Deleting in two steps: into the trash, from where items can be restored, then for good."""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from gallerynet.core.clock import Clock, now, timestamp, to_datetime
from gallerynet.core.database import Database, Transaction
from gallerynet.core.database.tables import folder_media, media, media_tags, removed_files, tag_rejections
from gallerynet.core.events import EventKind, record, record_media
from gallerynet.core.ids import Deleted, Id
from gallerynet.core.media.model import Media
from gallerynet.core.media.rows import find_many, require_all
from gallerynet.core.storage import Storage
from gallerynet.core.tags.names import record_tags

LIFETIME = timedelta(days=30)
CHUNK = 5_000


class Trash:
    """Files go after their rows: what a crash leaves between the two is in ``removed_files``, and goes at the start."""

    def __init__(self, database: Database, storage: Storage, clock: Clock = now) -> None:
        self._database = database
        self._storage = storage
        self._clock = clock

    def delete(self, ids: Sequence[Id], permanently: bool) -> Deleted:
        """Into the trash, or out of the library for good. Ids that name nothing, or nothing any more, are left out."""
        with self._database.write() as tx:
            found = find_many(tx.connection, ids)
            gone = [item.id for item in found if permanently or item.trashed_at is None]
            if permanently:
                _remove(tx, gone)
            else:
                move_to_trash(tx, gone)
        if permanently:
            self.delete_files()
        return Deleted(len(gone), gone)

    def restore(self, ids: Sequence[Id]) -> list[Media]:
        """Back to where they were. Raises NotFound; what is not in the trash stays as it is."""
        with self._database.write() as tx:
            restore_from_trash(tx, require_all(tx.connection, ids))
            return find_many(tx.connection, ids)

    def empty(self) -> Deleted:
        """Removes everything that is in the trash for good."""
        return self._purge(media.c.trashed_at.is_not(None))

    def purge_expired(self) -> Deleted:
        """Removes for good what has been in the trash for 30 days."""
        oldest = timestamp(to_datetime(self._clock()) - LIFETIME)
        return self._purge(media.c.trashed_at < oldest)

    def delete_files(self) -> int:
        """Deletes the files of items that are gone; returns how many items that were."""
        with self._database.read() as connection:
            waiting = connection.execute(sa.select(removed_files.c.media_id)).scalars().all()
        for identity in waiting:
            self._storage.remove(identity)
        if waiting:
            with self._database.write() as tx:
                for chunk in _chunks(waiting):
                    tx.execute(sa.delete(removed_files).where(removed_files.c.media_id.in_(chunk)))
        return len(waiting)

    def _purge(self, which: sa.ColumnElement[bool]) -> Deleted:
        with self._database.write() as tx:
            gone = list(tx.execute(sa.select(media.c.id).where(which)).scalars())
            _remove(tx, gone)
        self.delete_files()
        return Deleted(len(gone), gone)


def move_to_trash(tx: Transaction, ids: Sequence[Id]) -> None:
    """Puts items that are in the library into the trash, within a larger change."""
    _mark(tx, ids, trashed=True)
    record_media(tx, EventKind.MEDIA_REMOVED, ids, to_trash=True)
    _record_places(tx, ids)


def restore_from_trash(tx: Transaction, items: Sequence[Media]) -> None:
    """Puts back those of the items that lie in the trash, within a larger change."""
    back = [item.id for item in items if item.trashed_at is not None]
    _mark(tx, back, trashed=False)
    record_media(tx, EventKind.MEDIA_ADDED, back)
    _record_places(tx, back)


def _mark(tx: Transaction, ids: Sequence[Id], trashed: bool) -> None:
    for chunk in _chunks(ids):
        tx.execute(sa.update(media).where(media.c.id.in_(chunk)).values(trashed_at=tx.started_at if trashed else None))


def _remove(tx: Transaction, ids: Sequence[Id]) -> None:
    _record_places(tx, ids)
    for chunk in _chunks(ids):
        tx.remove_vectors(tx.execute(sa.select(media.c.key).where(media.c.id.in_(chunk))).scalars().all())
        tx.execute(sa.insert(removed_files), [{"media_id": identity} for identity in chunk])
        tx.execute(sa.delete(media).where(media.c.id.in_(chunk)))
    record_media(tx, EventKind.MEDIA_REMOVED, ids, to_trash=False)


def _record_places(tx: Transaction, ids: Sequence[Id]) -> None:
    """Folders and tags count what is in the library: they change with it."""
    folders: set[Id] = set()
    tags: set[int] = set()
    for chunk in _chunks(ids):
        folders |= set(
            tx.execute(sa.select(folder_media.c.folder_id).where(folder_media.c.media_id.in_(chunk))).scalars()
        )
        for table in (media_tags, tag_rejections):
            tags |= set(tx.execute(sa.select(table.c.tag_id).where(table.c.media_id.in_(chunk))).scalars())
    for folder in sorted(folders):
        record(tx, EventKind.FOLDER_CHANGED, id=folder)
    record_tags(tx, sorted(tags))


def _chunks(ids: Sequence[Id]) -> list[Sequence[Id]]:
    return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
