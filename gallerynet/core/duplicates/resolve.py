"""Settling a group of duplicates: one item stays and takes over what the user did with the others, which go to the
trash. And taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from gallerynet.core.clock import Timestamp
from gallerynet.core.database import Database, Transaction
from gallerynet.core.database.tables import favorites, folder_media, media_tags, resolutions, tag_rejections
from gallerynet.core.duplicates.groups import Duplicates
from gallerynet.core.errors import Conflict, InvalidInput, NotFound
from gallerynet.core.events import EventKind, record, record_media
from gallerynet.core.folders import add_to_folder
from gallerynet.core.ids import Id, new_id
from gallerynet.core.media.model import Media
from gallerynet.core.media.rows import find, find_by_keys, find_many
from gallerynet.core.search.best import OF_COPIES, explain
from gallerynet.core.tags.names import record_tags
from gallerynet.core.trash import move_to_trash, restore_from_trash
from gallerynet.core.words import counted

KEPT = 1_000  # resolutions that can be undone


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was done with a group; ``undone_at`` once it was taken back."""

    id: Id
    created_at: Timestamp
    undone_at: Timestamp | None
    kept: Media
    others: list[Media]


class Resolutions:
    def __init__(self, database: Database, duplicates: Duplicates) -> None:
        self._database = database
        self._duplicates = duplicates

    def resolve(self, group_id: Id, keep: Id | None) -> Resolution:
        """Keeps the best of the group, or the given one.

        Raises Conflict where the group has changed, InvalidInput where what is to be kept is not in it.
        """
        group = self._duplicates.find(group_id)
        with self._database.write() as tx:
            items = [item for item in find_by_keys(tx.connection, group.keys) if item.trashed_at is None]
            if len(items) < group.size:
                raise Conflict("The group has just changed. Nothing was done; look again.")
            best = explain(tx.connection, [group], OF_COPIES)[group].key
            kept = next((item for item in items if item.id == keep or (keep is None and item.key == best)), None)
            if kept is None:
                raise InvalidInput("What is to be kept is no item of the group. Nothing was done.")
            others = [item.id for item in items if item.id != kept.id]
            before = {
                "kept": kept.id,
                "others": others,
                "trashed_at": tx.started_at,
                "tags": _take_tags(tx, kept.id, others),
                "folders": _take_folders(tx, kept.id, others),
                "favorite": _take_favorite(tx, kept, items),
            }
            record_media(tx, EventKind.MEDIA_CHANGED, [kept.id])
            move_to_trash(tx, others)
            identity = new_id()
            tx.execute(sa.insert(resolutions).values(id=identity, created_at=tx.started_at, before=before))
            newest = sa.select(resolutions.c.id).order_by(resolutions.c.created_at.desc()).limit(KEPT)
            tx.execute(sa.delete(resolutions).where(resolutions.c.id.not_in(newest)))
            return _read(tx, identity)

    def undo(self, identity: Id) -> Resolution:
        """Puts everything back that ``resolve`` changed, and what was changed since stays.

        Raises NotFound, and Conflict where it was undone already, or where an item of it is gone for good.
        """
        with self._database.write() as tx:
            row = _row(tx, identity)
            if row.undone_at is not None:
                raise Conflict("That was undone already.")
            before = row.before
            others = find_many(tx.connection, before["others"])
            gone = len(before["others"]) - len(others)
            if gone or not find_many(tx.connection, [before["kept"]]):
                raise Conflict(f"{counted(gone or 1, 'item')} of the group went for good since. Nothing was changed.")
            restore_from_trash(tx, [item for item in others if item.trashed_at == before["trashed_at"]])
            _give_tags_back(tx, before["kept"], before["tags"])
            _leave_folders(tx, before["kept"], before["folders"])
            if before["favorite"]:
                tx.execute(sa.delete(favorites).where(favorites.c.media_id == before["kept"]))
            record_media(tx, EventKind.MEDIA_CHANGED, [before["kept"]])
            tx.execute(sa.update(resolutions).where(resolutions.c.id == identity).values(undone_at=tx.started_at))
            return _read(tx, identity)


def _row(tx: Transaction, identity: Id) -> sa.Row[Any]:
    row = tx.execute(sa.select(resolutions).where(resolutions.c.id == identity)).first()
    if row is None:
        raise NotFound(f"There is no resolution with the id {identity}.")
    return row


def _read(tx: Transaction, identity: Id) -> Resolution:
    row = _row(tx, identity)
    others = find_many(tx.connection, row.before["others"])
    return Resolution(row.id, row.created_at, row.undone_at, find(tx.connection, row.before["kept"]), others)


def _take_tags(tx: Transaction, kept: Id, others: Sequence[Id]) -> list[dict[str, Any]]:
    """Gives the item the others' tags: manual ones as manual, automatic ones unless it was said to be none.

    Returns what there was of each tag that was changed.
    """
    own = {row.tag_id: row for row in tx.execute(sa.select(media_tags).where(media_tags.c.media_id == kept))}
    rejected = {
        row.tag_id: row.created_at
        for row in tx.execute(sa.select(tag_rejections).where(tag_rejections.c.media_id == kept))
    }
    # Manual ones first, then the surest.
    order = (media_tags.c.is_auto, media_tags.c.confidence.desc())
    theirs: dict[int, sa.Row[Any]] = {}
    for row in tx.execute(sa.select(media_tags).where(media_tags.c.media_id.in_(others)).order_by(*order)):
        theirs.setdefault(row.tag_id, row)
    changed: list[dict[str, Any]] = []
    for tag, row in theirs.items():
        known = own.get(tag)
        if (known is not None and (row.is_auto or not known.is_auto)) or (row.is_auto and tag in rejected):
            continue
        before = None if known is None else {"is_auto": known.is_auto, "confidence": known.confidence}
        changed.append({"tag": tag, "before": before, "rejected_at": rejected.get(tag)})
        _drop(tx, tag, kept)
        tx.execute(
            sa.insert(media_tags).values(media_id=kept, tag_id=tag, is_auto=row.is_auto, confidence=row.confidence)
        )
    record_tags(tx, [change["tag"] for change in changed])
    return changed


def _give_tags_back(tx: Transaction, kept: Id, changed: Sequence[dict[str, Any]]) -> None:
    known = set(tx.execute(sa.select(media_tags.c.tag_id).where(media_tags.c.media_id == kept)).scalars())
    touched = [change for change in changed if change["tag"] in known]  # what was taken off since stays off
    for change in touched:
        _drop(tx, change["tag"], kept)
        if change["before"] is not None:
            tx.execute(sa.insert(media_tags).values(media_id=kept, tag_id=change["tag"], **change["before"]))
        if change["rejected_at"] is not None:
            tx.execute(
                sa.insert(tag_rejections).values(tag_id=change["tag"], media_id=kept, created_at=change["rejected_at"])
            )
    record_tags(tx, [change["tag"] for change in touched])


def _drop(tx: Transaction, tag: int, item: Id) -> None:
    for table in (media_tags, tag_rejections):
        tx.execute(sa.delete(table).where(table.c.tag_id == tag, table.c.media_id == item))


def _take_folders(tx: Transaction, kept: Id, others: Sequence[Id]) -> list[Id]:
    """Puts the item into the others' folders; returns those that it was not in."""
    inside = sa.select(folder_media.c.folder_id).where(folder_media.c.media_id == kept)
    query = sa.select(folder_media.c.folder_id).where(
        folder_media.c.media_id.in_(others), folder_media.c.folder_id.not_in(inside)
    )
    new = sorted(set(tx.execute(query).scalars()))
    for folder in new:
        add_to_folder(tx, folder, [kept])
    return new


def _leave_folders(tx: Transaction, kept: Id, folders: Sequence[Id]) -> None:
    for folder in folders:
        gone = tx.execute(
            sa.delete(folder_media).where(folder_media.c.folder_id == folder, folder_media.c.media_id == kept)
        ).rowcount
        if gone:
            record(tx, EventKind.FOLDER_CONTENTS_CHANGED, id=folder, added=[], removed=[kept])


def _take_favorite(tx: Transaction, kept: Media, items: Sequence[Media]) -> bool:
    """Whether it has become a favourite by this."""
    if kept.is_favorite or not any(item.is_favorite for item in items):
        return False
    tx.execute(sa.insert(favorites).values(media_id=kept.id, created_at=tx.started_at))
    return True
