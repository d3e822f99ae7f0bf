"""The same picture kept more than once, as groups; and what the user says of them."""

import hashlib
from collections.abc import Iterable, Sequence
from uuid import UUID

import sqlalchemy as sa

from gallerynet.core.database import Database
from gallerynet.core.database.tables import distinct_pairs, duplicate_pairs, media
from gallerynet.core.errors import Conflict, InvalidInput
from gallerynet.core.events import EventKind, record_media
from gallerynet.core.ids import Id
from gallerynet.core.media.listing import check_page_size, decode_cursor, encode_cursor
from gallerynet.core.media.model import Media
from gallerynet.core.media.rows import find_many, require_all
from gallerynet.core.search.answers import Answers
from gallerynet.core.search.groups import Group, GroupPage

MAX_MARKED = 200

Pair = tuple[int, int]


class Duplicates:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._answers: Answers[list[Group]] = Answers(database, 1)

    def page(self, first: int, after: str | None) -> GroupPage:
        """Largest groups first. Raises InvalidInput for a page size out of range, or a cursor of another list."""
        check_page_size(first)
        return page_of(self.all(), first, after)

    def all(self) -> list[Group]:
        """Largest groups first."""
        return self._answers.to("all", self._read)

    def find(self, identity: Id) -> Group:
        """The group of that id. Raises Conflict where its members have changed since."""
        found = next((group for group in self.all() if group.id == identity), None)
        if found is None:
            raise Conflict("There is no such group any more: its items have changed. Nothing was done; look again.")
        return found

    def mark_distinct(self, ids: Sequence[Id], others: Sequence[Id] | None, distinct: bool) -> list[Media]:
        """Remembers that these are not the same, no two of them; with ``others``, none of the ones and the others.

        Not ``distinct`` takes that back. Raises NotFound, and InvalidInput for fewer than two items, or too many.
        """
        every = list(dict.fromkeys([*ids, *(others or ())]))
        if len(every) < 2 or len(every) > MAX_MARKED:
            raise InvalidInput(f"Name 2 to {MAX_MARKED} different items: what is not the same is a pair of them.")
        with self._database.write() as tx:
            keys = {item.id: item.key for item in require_all(tx.connection, every)}
            pairs = {
                (min(keys[one], keys[other]), max(keys[one], keys[other]))
                for one in ids
                for other in (ids if others is None else others)
                if one != other
            }
            for first, second in sorted(pairs):
                if distinct:
                    row = {"first_key": first, "second_key": second, "created_at": tx.started_at}
                    tx.execute(sa.insert(distinct_pairs).prefix_with("OR IGNORE").values(row))
                else:
                    tx.execute(
                        sa.delete(distinct_pairs).where(
                            distinct_pairs.c.first_key == first, distinct_pairs.c.second_key == second
                        )
                    )
            record_media(tx, EventKind.MEDIA_CHANGED, every)
            return find_many(tx.connection, every)

    def _read(self) -> list[Group]:
        one, other = media.alias(), media.alias()
        present = sa.and_(one.c.trashed_at.is_(None), other.c.trashed_at.is_(None))
        query = (
            sa.select(duplicate_pairs)
            .join(one, one.c.key == duplicate_pairs.c.first_key)
            .join(other, other.c.key == duplicate_pairs.c.second_key)
            .where(present)
        )
        with self._database.read() as connection:
            rows = list(connection.execute(query))
            distinct = {(row.first_key, row.second_key) for row in connection.execute(sa.select(distinct_pairs))}
        rows.sort(key=lambda row: (-row.correlation, row.first_key, row.second_key))
        return groups_of(joined([(row.first_key, row.second_key) for row in rows], distinct))


def joined(pairs: Iterable[Pair], distinct: set[Pair]) -> list[list[int]]:
    """Sets of keys that the pairs join, directly or through others; the first pairs first, and never two that are
    ``distinct`` into one set."""
    members: dict[int, list[int]] = {}
    for first, second in pairs:
        one, other = (members.setdefault(key, [key]) for key in (first, second))
        if one is other or (distinct and any((min(a, b), max(a, b)) in distinct for a in one for b in other)):
            continue
        larger, smaller = (one, other) if len(one) >= len(other) else (other, one)
        larger += smaller
        for key in smaller:
            members[key] = larger
    return [found for found in {id(found): found for found in members.values()}.values() if len(found) > 1]


def groups_of(found: Iterable[Sequence[int]]) -> list[Group]:
    """Largest first, then the oldest."""
    groups = [_group(tuple(sorted(keys))) for keys in found]
    return sorted(groups, key=lambda group: (-group.size, group.keys[0]))


def page_of(groups: Sequence[Group], first: int, after: str | None) -> GroupPage:
    """A cursor holds a group's size and lowest key."""
    start = 0
    if after is not None:
        size, key = decode_cursor(after, 2)
        if not isinstance(size, int) or not isinstance(key, int):
            raise InvalidInput("after is no cursor of this list.")
        start = sum((-group.size, group.keys[0]) <= (-size, key) for group in groups)
    page = list(groups[start : start + first])
    cursors = [encode_cursor(group.size, group.keys[0]) for group in page]
    return GroupPage(page, cursors, len(groups), start + first < len(groups), start > 0)


def _group(keys: tuple[int, ...]) -> Group:
    digest = hashlib.blake2b(b"".join(key.to_bytes(8, "little") for key in keys), digest_size=16).digest()
    return Group(Id(str(UUID(bytes=digest))), keys)
