"""Which items a filter leaves, by their keys: what a search by likeness is restricted to."""

import threading

import numpy as np
import sqlalchemy as sa

from gallerynet.core.database import Changes, Database
from gallerynet.core.database.tables import media
from gallerynet.core.media.filters import MediaFilter, conditions
from gallerynet.core.search.index import Keys

KEPT = 16


class FilteredKeys:
    """Answers are kept until the library changes: a slider that moves asks for the same filter again and again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._version = 0
        self._known: dict[MediaFilter, Keys] = {}
        database.on_commit(self._forget)

    def of(self, wanted: MediaFilter) -> Keys:
        """Rising."""
        with self._lock:
            found, version = self._known.get(wanted), self._version
        if found is None:
            query = sa.select(media.c.key).where(*conditions(wanted))
            with self._database.read() as connection:
                found = np.sort(np.fromiter(connection.execute(query).scalars(), dtype=np.int64))
            with self._lock:
                if version == self._version:
                    while len(self._known) >= KEPT:
                        self._known.pop(next(iter(self._known)))
                    self._known[wanted] = found
        return found

    @property
    def version(self) -> int:
        """Another number once the library has changed."""
        return self._version

    def _forget(self, changes: Changes) -> None:
        if changes.last_cursor is not None or changes.vectors or changes.removed_vectors:
            with self._lock:
                self._version += 1
                self._known.clear()
