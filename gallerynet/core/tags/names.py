"""Tags on items, by hand: adding, removing, looking up."""

import unicodedata
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from gallerynet.core.database import Database, Transaction
from gallerynet.core.database.tables import library_settings, media, media_tags, tag_models, tag_rejections, tags
from gallerynet.core.errors import Conflict, InvalidInput, NotFound
from gallerynet.core.events import EventKind, record, record_media
from gallerynet.core.ids import Deleted, Id, new_id
from gallerynet.core.media.filters import TagSource
from gallerynet.core.media.model import Media
from gallerynet.core.media.rows import EMBEDDING_MODEL, find_many, require_all
from gallerynet.core.tags.cut import CutPoint, at
from gallerynet.core.tags.examples import read_examples
from gallerynet.core.tags.model import MediaTag, Tag, TagModel

MAX_NAME = 100


class Tags:
    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, text: str | None = None) -> list[Tag]:
        """By name; with ``text``, those whose name contains it, whatever the case."""
        matching = [] if text is None else [tags.c.name.icontains(text.strip(), autoescape=True)]
        with self._database.read() as connection:
            return read_tags(connection, *matching)

    def by_name(self, name: str) -> Tag:
        """Raises NotFound."""
        with self._database.read() as connection:
            return require_tag(connection, name)

    def edit(self, ids: Sequence[Id], add: Sequence[str], remove: Sequence[str]) -> list[Media]:
        """Adds and removes tags by name; names not seen before become tags.

        An automatic tag that is added becomes manual. One that is removed is rejected, and stays away; adding it by
        hand takes the rejection back. Raises NotFound for an unknown item, InvalidInput for a name that is none.
        """
        added, removed = [_checked(name) for name in add], [_checked(name) for name in remove]
        both = set(added) & set(removed)
        if both:
            raise InvalidInput(f"The tag {sorted(both)[0]!r} cannot be added and removed at once.")
        with self._database.write() as tx:
            require_all(tx.connection, ids)
            touched = _add_all(tx, ids, added)
            known = tx.execute(sa.select(tags.c.id).where(tags.c.name.in_(removed))).scalars().all()
            for key in known:
                _remove(tx, key, ids)
            record_media(tx, EventKind.MEDIA_CHANGED, ids)
            record_tags(tx, [*touched, *known])
            return find_many(tx.connection, ids)

    def rename(self, identity: Id, name: str) -> Tag:
        """Raises NotFound, InvalidInput for a name that is none, Conflict where another tag has it."""
        name = _checked(name)
        with self._database.write() as tx:
            tag = find_tag(tx.connection, identity)
            holder = tx.execute(sa.select(tags.c.id).where(tags.c.name == name)).scalar()
            if holder not in (None, tag.key):
                raise Conflict(f"There is a tag {name!r} already. Merge the two to make them one.")
            if tag.name != name:
                tx.execute(sa.update(tags).where(tags.c.id == tag.key).values(name=name))
                record_tags(tx, [tag.key])
            return find_tag(tx.connection, identity)

    def merge(self, ids: Sequence[Id], into: str) -> Tag:
        """Into the tag of that name, which may be new; examples join, and a yes beats a no. Raises NotFound."""
        name = _checked(into)
        with self._database.write() as tx:
            sources = [find_tag(tx.connection, identity) for identity in ids]
            target = _ensure(tx, name)
            merged = [tag for tag in sources if tag.key != target]
            for tag in merged:
                _move_examples(tx, tag.key, target)
                _delete(tx, tag)
            record_tags(tx, [target], [tag.id for tag in merged])
            return require_tag(tx.connection, name)

    def delete(self, identity: Id) -> Deleted:
        """Takes the tag off every item. A tag that is gone already is no error."""
        with self._database.write() as tx:
            found = read_tags(tx.connection, tags.c.public_id == identity)
            for tag in found:
                _delete(tx, tag)
                record_tags(tx, [], [tag.id])
            return Deleted(len(found), [tag.id for tag in found])


def record_answers(tx: Transaction, identity: Id, confirm: Sequence[Id], reject: Sequence[Id]) -> Tag:
    """The user's answers: what is confirmed becomes manual, what is rejected goes and stays away.

    Raises NotFound, and InvalidInput for an item that is both.
    """
    if set(confirm) & set(reject):
        raise InvalidInput("An item cannot be confirmed and rejected at once.")
    tag = find_tag(tx.connection, identity)
    require_all(tx.connection, [*confirm, *reject])
    _add(tx, tag.key, confirm)
    _reject(tx, tag.key, reject)
    _drop(tx, media_tags, tag.key, reject)
    record_media(tx, EventKind.MEDIA_CHANGED, [*confirm, *reject])
    return find_tag(tx.connection, identity)


def add_tags(tx: Transaction, ids: Sequence[Id], names: Sequence[str]) -> None:
    """Tags items by hand, within a larger change. Names that are none are passed over, since nobody typed them here."""
    usable = [name for name in map(_normalised, names) if 0 < len(name) <= MAX_NAME]
    record_tags(tx, _add_all(tx, ids, usable))


def _add_all(tx: Transaction, ids: Sequence[Id], names: Sequence[str]) -> list[int]:
    """The keys of these tags, which the items have from now on."""
    keys = [_ensure(tx, name) for name in dict.fromkeys(names)]
    for key in keys:
        _add(tx, key, ids)
    return keys


def read_tags(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Tag]:
    """Tags with their counts and models, by name."""
    rows = connection.execute(_select().where(*where).order_by(sa.func.lower(tags.c.name), tags.c.id))
    return [_tag(row) for row in rows]


def staleness(connection: sa.Connection, keys: Sequence[int]) -> dict[int, bool]:
    """For each learned tag of these: whether its examples, or the model that embeds, have changed since."""
    current = sa.select(library_settings.c.value).where(library_settings.c.name == EMBEDDING_MODEL).scalar_subquery()
    is_current = (tag_models.c.embedding_model == current).label("is_current")
    query = sa.select(tag_models.c.tag_id, tag_models.c.examples_digest, is_current)
    learned = connection.execute(query.where(tag_models.c.tag_id.in_(keys))).all()
    examples = read_examples(connection, [row.tag_id for row in learned])
    return {row.tag_id: not row.is_current or examples[row.tag_id].digest() != row.examples_digest for row in learned}


def require_tag(connection: sa.Connection, name: str) -> Tag:
    """The tag of that name. Raises NotFound."""
    found = read_tags(connection, tags.c.name == _normalised(name))
    if not found:
        raise NotFound(f"There is no tag {name!r}.")
    return found[0]


def tags_of(connection: sa.Connection, media_ids: Sequence[Id]) -> dict[Id, list[MediaTag]]:
    """For each of these items its tags: manual ones first, then by name."""
    query = (
        sa.select(media_tags.c.media_id, media_tags.c.tag_id, media_tags.c.is_auto, media_tags.c.confidence)
        .join(tags, tags.c.id == media_tags.c.tag_id)
        .where(media_tags.c.media_id.in_(media_ids))
        .order_by(media_tags.c.is_auto, sa.func.lower(tags.c.name))
    )
    found: dict[Id, list[MediaTag]] = {identity: [] for identity in media_ids}
    for media_id, tag_key, is_auto, confidence in connection.execute(query):
        source = TagSource.AUTO if is_auto else TagSource.MANUAL
        found[media_id].append(MediaTag(tag_key, source, confidence if is_auto else None))
    return found


def find_tag(connection: sa.Connection, identity: Id) -> Tag:
    """Raises NotFound."""
    found = read_tags(connection, tags.c.public_id == identity)
    if not found:
        raise NotFound(f"There is no tag with the id {identity}.")
    return found[0]


def record_tags(tx: Transaction, keys: Sequence[int], removed: Sequence[Id] = ()) -> None:
    """Tells that these tags, or the numbers of their items, have changed, and that those are gone."""
    if keys or removed:
        ids = tx.execute(sa.select(tags.c.public_id).where(tags.c.id.in_(keys))).scalars().all()
        record(tx, EventKind.TAGS_CHANGED, ids=list(ids), removed=list(removed))


def _add(tx: Transaction, tag_key: int, ids: Sequence[Id]) -> None:
    if not ids:
        return
    statement = sqlite_insert(media_tags)
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=[media_tags.c.media_id, media_tags.c.tag_id],
            set_={"is_auto": False, "confidence": None},
        ),
        [{"media_id": identity, "tag_id": tag_key, "is_auto": False, "confidence": None} for identity in ids],
    )
    _drop(tx, tag_rejections, tag_key, ids)


def _remove(tx: Transaction, tag_key: int, ids: Sequence[Id]) -> None:
    automatic = set(
        tx.execute(
            sa.select(media_tags.c.media_id).where(media_tags.c.tag_id == tag_key, media_tags.c.is_auto.is_(True))
        ).scalars()
    )
    _reject(tx, tag_key, [identity for identity in ids if identity in automatic])
    _drop(tx, media_tags, tag_key, ids)


def _reject(tx: Transaction, tag_key: int, ids: Sequence[Id]) -> None:
    """Remembers that the tag does not apply to these items."""
    if ids:
        tx.execute(
            sqlite_insert(tag_rejections).on_conflict_do_nothing(),
            [{"tag_id": tag_key, "media_id": identity, "created_at": tx.started_at} for identity in ids],
        )


def _drop(tx: Transaction, table: sa.Table, tag_key: int, ids: Sequence[Id]) -> None:
    if ids:
        tx.execute(
            sa.delete(table).where(table.c.tag_id == tag_key, table.c.media_id == sa.bindparam("item")),
            [{"item": identity} for identity in ids],
        )


def _move_examples(tx: Transaction, source: int, target: int) -> None:
    """What the user said of the one tag holds for the other; what the one's model said goes with it."""
    said = {
        table: list(tx.execute(sa.select(table.c.media_id).where(table.c.tag_id == source, *manual)).scalars())
        for table, manual in ((media_tags, [media_tags.c.is_auto.is_(False)]), (tag_rejections, []))
    }
    yes = set(
        tx.execute(
            sa.select(media_tags.c.media_id).where(media_tags.c.tag_id == target, media_tags.c.is_auto.is_(False))
        ).scalars()
    ) | set(said[media_tags])
    no = [identity for identity in said[tag_rejections] if identity not in yes]
    _add(tx, target, said[media_tags])
    _reject(tx, target, no)
    _drop(tx, media_tags, target, no)


def _delete(tx: Transaction, tag: Tag) -> None:
    carried = list(tx.execute(sa.select(media_tags.c.media_id).where(media_tags.c.tag_id == tag.key)).scalars())
    tx.execute(sa.delete(tags).where(tags.c.id == tag.key))
    record_media(tx, EventKind.MEDIA_CHANGED, carried)


def _ensure(tx: Transaction, name: str) -> int:
    known: int | None = tx.execute(sa.select(tags.c.id).where(tags.c.name == name)).scalar()
    if known is not None:
        return known
    key: int = tx.execute(sa.insert(tags).values(public_id=new_id(), name=name).returning(tags.c.id)).scalar_one()
    return key


def _select() -> sa.Select[Any]:
    def count(table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        alive = table.join(media, sa.and_(media.c.id == table.c.media_id, media.c.trashed_at.is_(None)))
        query = sa.select(sa.func.count()).select_from(alive).where(table.c.tag_id == tags.c.id, *where)
        return query.correlate(tags).scalar_subquery()

    return sa.select(
        tags.c.id,
        tags.c.public_id,
        tags.c.name,
        count(media_tags, media_tags.c.is_auto.is_(False)).label("manual_count"),
        count(media_tags, media_tags.c.is_auto.is_(True)).label("auto_count"),
        count(tag_rejections).label("rejected_count"),
        *(tag_models.c[name] for name in ("version", "trained_at", "positives", "negatives")),
        *(tag_models.c[name] for name in ("average_precision", "min_confidence", "is_thin", "curve")),
    ).outerjoin_from(tags, tag_models, tag_models.c.tag_id == tags.c.id)


def _tag(row: sa.Row[Any]) -> Tag:
    model = None
    if row.version is not None:
        curve = [CutPoint(*point) for point in row.curve]
        known = None if row.average_precision is None else at(curve, row.min_confidence)
        model = TagModel(
            tag_key=row.id,
            version=row.version,
            trained_at=row.trained_at,
            positives=row.positives,
            negatives=row.negatives,
            average_precision=row.average_precision,
            precision=None if known is None else known.precision,
            recall=None if known is None else known.recall,
            is_thin=bool(row.is_thin),
            min_confidence=row.min_confidence,
            curve=curve,
        )
    counts = (row.manual_count, row.auto_count, row.rejected_count)
    return Tag(row.id, row.public_id, row.name, *counts, model)


def _normalised(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))


def _checked(name: str) -> str:
    cleaned = _normalised(name)
    if not cleaned:
        raise InvalidInput("A tag needs a name.")
    if len(cleaned) > MAX_NAME:
        raise InvalidInput(f"A tag's name may have up to {MAX_NAME} characters.")
    return cleaned
