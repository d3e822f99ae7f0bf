"""Which items a filter leaves, by their keys: what a search by likeness is restricted to."""

import numpy as np
import sqlalchemy as sa

from gallerynet.core.database import Database
from gallerynet.core.database.tables import media
from gallerynet.core.media.filters import MediaFilter, conditions
from gallerynet.core.search.answers import Answers
from gallerynet.core.search.index import Keys

KEPT = 16


class FilteredKeys:
    """Answers are kept until the library changes: a slider that moves asks for the same filter again and again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._answers: Answers[Keys] = Answers(database, KEPT)

    def of(self, wanted: MediaFilter) -> Keys:
        """Rising."""

        def read() -> Keys:
            query = sa.select(media.c.key).where(*conditions(wanted))
            with self._database.read() as connection:
                return np.sort(np.fromiter(connection.execute(query).scalars(), dtype=np.int64))

        return self._answers.to(wanted, read)

    @property
    def version(self) -> int:
        """Another number once the library has changed."""
        return self._answers.version
