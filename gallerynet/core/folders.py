"""Virtual folders: named collections; an item may be in any number of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from gallerynet.core.clock import Timestamp
from gallerynet.core.database import Database, Transaction
from gallerynet.core.database.tables import folder_media, folders, media
from gallerynet.core.errors import InvalidInput, NotFound
from gallerynet.core.events import IDS_PER_EVENT, EventKind, record
from gallerynet.core.ids import Deleted, Id, new_id
from gallerynet.core.media.rows import require_all

MAX_NAME = 200

_ORDER = (folders.c.sort_order, sa.func.lower(folders.c.name), folders.c.id)


@dataclass(frozen=True, slots=True)
class Folder:
    id: Id
    name: str
    created_at: Timestamp
    sort_order: int
    item_count: int
    cover_key: int | None  # of the newest item in it


class Folders:
    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Folder]:
        """In the order that the user gave them."""
        with self._database.read() as connection:
            return [Folder(*row) for row in connection.execute(_select())]

    def find(self, identity: Id) -> Folder:
        """Raises NotFound."""
        with self._database.read() as connection:
            return _find(connection, identity)

    def create(self, name: str) -> Folder:
        """Behind the folders that there are. Raises InvalidInput for a name that is none."""
        name = _checked(name)
        identity = new_id()
        with self._database.write() as tx:
            last = tx.execute(sa.select(sa.func.max(folders.c.sort_order))).scalar()
            tx.execute(
                sa.insert(folders).values(
                    id=identity,
                    name=name,
                    created_at=tx.started_at,
                    sort_order=0 if last is None else last + 1,
                )
            )
            record(tx, EventKind.FOLDER_CHANGED, id=identity)
            return _find(tx.connection, identity)

    def rename(self, identity: Id, name: str) -> Folder:
        """Raises NotFound, and InvalidInput for a name that is none."""
        name = _checked(name)
        with self._database.write() as tx:
            before = _find(tx.connection, identity)
            if before.name != name:
                tx.execute(sa.update(folders).where(folders.c.id == identity).values(name=name))
                record(tx, EventKind.FOLDER_CHANGED, id=identity)
            return _find(tx.connection, identity)

    def delete(self, identity: Id) -> Deleted:
        """The items in it stay in the library. A folder that is gone already is no error."""
        with self._database.write() as tx:
            gone = tx.execute(sa.delete(folders).where(folders.c.id == identity)).rowcount
            if gone:
                record(tx, EventKind.FOLDER_REMOVED, id=identity)
            return Deleted(gone, [identity] * gone)

    def reorder(self, ids: Sequence[Id]) -> list[Folder]:
        """In the order wanted; folders left out keep their order behind these. Raises NotFound."""
        with self._database.write() as tx:
            present = list(tx.execute(sa.select(folders.c.id).order_by(*_ORDER)).scalars())
            missing = set(ids) - set(present)
            if missing:
                raise NotFound(f"There is no folder with the id {min(missing)}. Nothing was changed.")
            wanted = [*ids, *(identity for identity in present if identity not in set(ids))]
            if wanted != present:
                tx.execute(
                    sa.update(folders)
                    .where(folders.c.id == sa.bindparam("folder"))
                    .values(sort_order=sa.bindparam("n")),
                    [{"folder": identity, "n": place} for place, identity in enumerate(wanted)],
                )
                record(tx, EventKind.FOLDERS_REORDERED, ids=wanted)
            return [Folder(*row) for row in tx.execute(_select())]

    def add(self, identity: Id, media_ids: Sequence[Id]) -> Folder:
        """Puts the items in; those that are in it stay. Raises NotFound."""
        with self._database.write() as tx:
            require_all(tx.connection, media_ids)
            add_to_folder(tx, identity, media_ids)
            return _find(tx.connection, identity)

    def remove(self, identity: Id, media_ids: Sequence[Id]) -> Folder:
        """Takes the items out; those that are not in it are no error. Raises NotFound for an unknown folder."""
        with self._database.write() as tx:
            _find(tx.connection, identity)
            present = _members(tx, identity)
            removed = [media_id for media_id in media_ids if media_id in present]
            if removed:
                tx.execute(
                    sa.delete(folder_media).where(
                        folder_media.c.folder_id == identity, folder_media.c.media_id == sa.bindparam("item")
                    ),
                    [{"item": media_id} for media_id in removed],
                )
                _record_contents(tx, identity, [], removed)
            return _find(tx.connection, identity)


def add_to_folder(tx: Transaction, folder_id: Id, media_ids: Sequence[Id]) -> None:
    """Puts existing items into an existing folder, within a larger change. Raises NotFound for an unknown folder."""
    _find(tx.connection, folder_id)
    present = _members(tx, folder_id)
    added = [identity for identity in dict.fromkeys(media_ids) if identity not in present]
    if added:
        tx.execute(
            sa.insert(folder_media),
            [{"folder_id": folder_id, "media_id": identity, "added_at": tx.started_at} for identity in added],
        )
        _record_contents(tx, folder_id, added, [])


def _members(tx: Transaction, folder_id: Id) -> set[Id]:
    return set(tx.execute(sa.select(folder_media.c.media_id).where(folder_media.c.folder_id == folder_id)).scalars())


def _record_contents(tx: Transaction, folder_id: Id, added: Sequence[Id], removed: Sequence[Id]) -> None:
    """One event for each few hundred items, so that each stays small."""
    length = max(len(added), len(removed))
    for start in range(0, length, IDS_PER_EVENT):
        part = slice(start, start + IDS_PER_EVENT)
        record(
            tx,
            EventKind.FOLDER_CONTENTS_CHANGED,
            id=folder_id,
            added=list(added[part]),
            removed=list(removed[part]),
        )


def find_many_folders(connection: sa.Connection, identities: Sequence[Id]) -> list[Folder]:
    """The folders of these ids, in the user's order; ids that name nothing are left out."""
    return [Folder(*row) for row in connection.execute(_select().where(folders.c.id.in_(identities)))]


def folders_of(connection: sa.Connection, media_ids: Sequence[Id]) -> dict[Id, list[Folder]]:
    """For each of these items, the folders that it is in."""
    pairs = connection.execute(
        sa.select(folder_media.c.media_id, folder_media.c.folder_id).where(folder_media.c.media_id.in_(media_ids))
    ).fetchall()
    known = find_many_folders(connection, list({pair.folder_id for pair in pairs}))
    inside = {(pair.media_id, pair.folder_id) for pair in pairs}
    return {identity: [folder for folder in known if (identity, folder.id) in inside] for identity in media_ids}


def _select() -> sa.Select[Any]:
    alive = folder_media.join(media, sa.and_(media.c.id == folder_media.c.media_id, media.c.trashed_at.is_(None)))
    count = (
        sa.select(sa.func.count())
        .select_from(alive)
        .where(folder_media.c.folder_id == folders.c.id)
        .correlate(folders)
        .scalar_subquery()
    )
    cover = (
        sa.select(media.c.key)
        .select_from(alive)
        .where(folder_media.c.folder_id == folders.c.id)
        .order_by(media.c.original_date.desc(), media.c.key.desc())
        .limit(1)
        .correlate(folders)
        .scalar_subquery()
    )
    columns = (folders.c.id, folders.c.name, folders.c.created_at, folders.c.sort_order, count, cover)
    return sa.select(*columns).order_by(*_ORDER)


def _find(connection: sa.Connection, identity: Id) -> Folder:
    row = connection.execute(_select().where(folders.c.id == identity)).first()
    if row is None:
        raise NotFound(f"There is no folder with the id {identity}.")
    return Folder(*row)


def _checked(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned:
        raise InvalidInput("A folder needs a name.")
    if len(cleaned) > MAX_NAME:
        raise InvalidInput(f"A folder's name may have up to {MAX_NAME} characters.")
    return cleaned
