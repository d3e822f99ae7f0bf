"""Shots of one moment: taken within seconds of each other, and alike; which of them came out best."""

from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from gallerynet.core.clock import Timestamp, to_datetime
from gallerynet.core.database import Database
from gallerynet.core.database.tables import media
from gallerynet.core.duplicates.groups import groups_of, page_of
from gallerynet.core.errors import InvalidInput
from gallerynet.core.media.filters import EVERYTHING, conditions
from gallerynet.core.media.listing import check_page_size
from gallerynet.core.media.model import DateSource, MediaType
from gallerynet.core.search.answers import Answers
from gallerynet.core.search.groups import Group, GroupPage
from gallerynet.core.search.index import VectorIndex
from gallerynet.core.search.likeness import cosine_of

MAX_SECONDS = 3_600.0
NEIGHBOURS = 30  # shots before it that one is compared with
BLOCK = 4_096
CACHED_ANSWERS = 8


@dataclass(frozen=True, slots=True)
class Moment(Group):
    """Of these the best shot is suggested, not the best copy."""


@dataclass(frozen=True)
class _Shots:
    """In the order of time: keys and seconds, shape (n,)."""

    keys: NDArray[np.int64]
    seconds: NDArray[np.float64]


class Moments:
    def __init__(self, database: Database, index: VectorIndex) -> None:
        self._database = database
        self._index = index
        self._answers: Answers[list[Group]] = Answers(database, CACHED_ANSWERS)

    def page(self, seconds: float, min_similarity: float, first: int, after: str | None) -> GroupPage:
        """Groups of pictures of which each was taken at most ``seconds`` after another that is at least so similar.

        Raises InvalidInput for an argument out of range.
        """
        check_page_size(first)
        if not 0 <= seconds <= MAX_SECONDS:
            raise InvalidInput(f"withinSeconds must be 0 to {MAX_SECONDS:g}.")
        cosine = cosine_of(min_similarity)
        groups = self._answers.to((seconds, cosine), lambda: self._find(seconds, cosine))
        return page_of(groups, first, after)

    def _find(self, seconds: float, cosine: float) -> list[Group]:
        shots = self._shots()
        near = np.flatnonzero(np.diff(shots.seconds) <= seconds)
        alone = np.setdiff1d(np.arange(len(shots.keys)), np.concatenate([near, near + 1]))
        shots = _Shots(np.delete(shots.keys, alone), np.delete(shots.seconds, alone))
        links = [np.empty((0, 2), dtype=np.int64)]
        for start in range(0, len(shots.keys), BLOCK):
            # With those before it that its first ones are compared with.
            part = slice(max(0, start - NEIGHBOURS), start + BLOCK)
            links.append(self._links(shots.keys[part], shots.seconds[part], seconds, cosine) + part.start)
        groups = groups_of(_components(shots.keys, np.concatenate(links)))
        return [Moment(group.id, group.keys) for group in groups]

    def _links(
        self, keys: NDArray[np.int64], taken: NDArray[np.float64], seconds: float, cosine: float
    ) -> NDArray[np.int64]:
        """Pairs of places in ``keys``, shape (n, 2)."""
        vectors = [self._index.get(int(key)) for key in keys]
        known = np.array([vector is not None for vector in vectors], dtype=bool)
        filled = np.stack([vector for vector in vectors if vector is not None]) if known.any() else np.empty((0, 1))
        row = np.cumsum(known) - 1
        found = [np.empty((0, 2), dtype=np.int64)]
        for apart in range(1, min(NEIGHBOURS, len(keys) - 1) + 1):
            first = np.flatnonzero((taken[apart:] - taken[:-apart] <= seconds) & known[apart:] & known[:-apart])
            if not len(first):
                break
            alike = np.vecdot(filled[row[first]], filled[row[first + apart]]) >= cosine
            found.append(np.stack([first[alike], first[alike] + apart], axis=1))
        return np.concatenate(found)

    def _shots(self) -> _Shots:
        """Pictures whose moment is known to the second; a date in a filename without a time is not."""
        sources = [source.value for source in (DateSource.EXIF, DateSource.FILENAME, DateSource.USER)]
        midnight = sa.func.substr(media.c.original_date, 12, 8) == "00:00:00"
        query = (
            sa.select(media.c.key, media.c.original_date)
            .where(*conditions(EVERYTHING), media.c.media_type == MediaType.IMAGE.value)
            .where(media.c.original_date_source.in_(sources))
            .where(~sa.and_(media.c.original_date_source == DateSource.FILENAME.value, midnight))
            .order_by(media.c.original_date, media.c.key)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        seconds = [to_datetime(Timestamp(row.original_date)).timestamp() for row in rows]
        return _Shots(np.array([row.key for row in rows], dtype=np.int64), np.array(seconds))


def _components(keys: NDArray[np.int64], links: NDArray[np.int64]) -> list[list[int]]:
    graph = coo_array((np.ones(len(links), dtype=bool), (links[:, 0], links[:, 1])), shape=(len(keys), len(keys)))
    labels = connected_components(graph, directed=False)[1]
    members: dict[int, list[int]] = {}
    for label, key in zip(labels.tolist(), keys.tolist(), strict=True):
        members.setdefault(label, []).append(key)
    return [found for found in members.values() if len(found) > 1]
