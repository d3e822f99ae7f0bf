"""What the user said about a tag: these items carry it, those do not."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from gallerynet.core.database.tables import media, media_tags, tag_rejections


@dataclass(frozen=True)
class Examples:
    """Keys of items, rising."""

    positives: list[int]
    rejected: list[int]

    def digest(self) -> str:
        """Names exactly this set of examples: a model trained on another one is stale."""
        text = f"{self.positives}{self.rejected}"
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def read_examples(connection: sa.Connection, tag_keys: Iterable[int]) -> dict[int, Examples]:
    """The examples of each of these tags; what lies in the trash is none."""
    wanted = list(tag_keys)
    if not wanted:
        return {}
    alive = media.c.trashed_at.is_(None)
    positives = (
        sa.select(media_tags.c.tag_id, media.c.key)
        .join(media, media.c.id == media_tags.c.media_id)
        .where(media_tags.c.tag_id.in_(wanted), media_tags.c.is_auto.is_(False), alive)
        .order_by(media.c.key)
    )
    rejected = (
        sa.select(tag_rejections.c.tag_id, media.c.key)
        .join(media, media.c.id == tag_rejections.c.media_id)
        .where(tag_rejections.c.tag_id.in_(wanted), alive)
        .order_by(media.c.key)
    )
    found = {key: Examples([], []) for key in wanted}
    for tag_key, media_key in connection.execute(positives):
        found[tag_key].positives.append(media_key)
    for tag_key, media_key in connection.execute(rejected):
        found[tag_key].rejected.append(media_key)
    return found
