"""Groups of items that look alike."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np

from gallerynet.core.database import Database
from gallerynet.core.errors import InvalidInput
from gallerynet.core.ids import Id
from gallerynet.core.media.filters import MediaFilter
from gallerynet.core.media.listing import check_page_size, decode_cursor, encode_cursor
from gallerynet.core.search.answers import Answers
from gallerynet.core.search.forests import Forests
from gallerynet.core.search.index import Keys, VectorIndex
from gallerynet.core.search.likeness import cosine_of
from gallerynet.core.search.linkage import Linkage, refined

CACHED_ANSWERS = 16


@dataclass(frozen=True, slots=True)
class Group:
    """Keys rising. The id stays while the members do."""

    id: Id
    keys: tuple[int, ...]

    @property
    def size(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, slots=True)
class GroupPage:
    groups: list[Group]
    cursors: list[str]
    total_count: int
    has_next: bool
    has_previous: bool


class Groups:
    """Answers stay until the library changes."""

    def __init__(self, database: Database, index: VectorIndex, forests: Forests) -> None:
        self._index = index
        self._forests = forests
        self._answers: Answers[list[Keys]] = Answers(database, CACHED_ANSWERS)

    def similar(
        self,
        min_similarity: float,
        wanted: MediaFilter,
        first: int,
        after: str | None,
        linkage: Linkage = Linkage.SINGLE,
    ) -> GroupPage:
        """Groups of alike items; singles are left out.

        SINGLE: connected components of the graph that links items of at least that similarity. AVERAGE and COMPLETE:
        each within one of these, of items that are at least so similar on average, or each to each. Raises InvalidInput
        for a similarity or page size out of range, Conflict where the work was cancelled.
        """
        cosine = cosine_of(min_similarity)

        def compute() -> list[Keys]:
            forest = self._forests.of(wanted, cosine)
            found = refined(forest, self._index.view(), forest.groups(cosine), cosine, linkage)
            return sorted(found, key=lambda keys: (-len(keys), int(keys[0])))

        return _page(self._answers.to((min_similarity, wanted, linkage), compute), first, after)


def _group(keys: Keys) -> Group:
    digest = hashlib.blake2b(np.sort(keys).astype("<i8").tobytes(), digest_size=16).digest()
    return Group(Id(str(UUID(bytes=digest))), tuple(int(key) for key in keys))


def _page(groups: list[Keys], first: int, after: str | None) -> GroupPage:
    """Of groups that are ordered, largest first; a cursor holds a group's size and lowest key."""
    check_page_size(first)
    start = 0
    if after is not None:
        size, key = _read_cursor(after)
        start = sum((-len(keys), int(keys[0])) <= (-size, key) for keys in groups)
    page = [_group(keys) for keys in groups[start : start + first]]
    cursors = [encode_cursor(group.size, group.keys[0]) for group in page]
    return GroupPage(page, cursors, len(groups), start + first < len(groups), start > 0)


def _read_cursor(cursor: str) -> tuple[int, int]:
    parts: list[Any] = decode_cursor(cursor, 2)
    if not all(isinstance(part, int) for part in parts):
        raise InvalidInput("after is no cursor of this list.")
    return parts[0], parts[1]
