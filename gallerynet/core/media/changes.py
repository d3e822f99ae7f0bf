"""Changes to items that need nothing but their rows."""

from collections.abc import Sequence

import sqlalchemy as sa

from gallerynet.core.clock import Timestamp
from gallerynet.core.database import Database, Transaction
from gallerynet.core.database.tables import favorites, media
from gallerynet.core.events import EventKind, record_media
from gallerynet.core.ids import Id
from gallerynet.core.media.model import DateSource, Media
from gallerynet.core.media.rows import find_many, require_all


class MediaChanges:
    def __init__(self, database: Database) -> None:
        self._database = database

    def set_favorite(self, ids: Sequence[Id], favorite: bool) -> list[Media]:
        """Marks or unmarks the items; answers all of them as they are then. Raises NotFound."""
        with self._database.write() as tx:
            before = require_all(tx.connection, ids)
            changed = [item.id for item in before if item.is_favorite != favorite]
            if changed and favorite:
                mark_favorites(tx, changed)
            elif changed:
                tx.execute(
                    sa.delete(favorites).where(favorites.c.media_id == sa.bindparam("item")),
                    [{"item": item} for item in changed],
                )
            record_media(tx, EventKind.MEDIA_CHANGED, changed)
            return find_many(tx.connection, ids)

    def set_original_date(self, ids: Sequence[Id], original_date: Timestamp) -> list[Media]:
        """Corrects the date by hand; answers the items as they are then. Raises NotFound."""
        with self._database.write() as tx:
            before = require_all(tx.connection, ids)
            changed = [item.id for item in before if item.original_date != original_date]
            values = {"original_date": original_date, "original_date_source": DateSource.USER.value}
            for item in ids:
                tx.execute(sa.update(media).where(media.c.id == item).values(values))
            record_media(tx, EventKind.MEDIA_CHANGED, changed)
            return find_many(tx.connection, ids)


def mark_favorites(tx: Transaction, ids: Sequence[Id]) -> None:
    """Marks items that are none yet, within a larger change."""
    tx.execute(sa.insert(favorites), [{"media_id": item, "created_at": tx.started_at} for item in ids])
