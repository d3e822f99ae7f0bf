"""Learned models as rows, and the automatic tags that they give."""

import json
from dataclasses import dataclass, replace

import numpy as np
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from gallerynet.core.database import Transaction
from gallerynet.core.database.tables import media, media_tags, tag_models, tag_rejections
from gallerynet.core.events import EventKind, record_media
from gallerynet.core.ids import Id
from gallerynet.core.search.index import Keys
from gallerynet.core.tags.cut import USUAL, Cut, Expected
from gallerynet.core.tags.examples import Examples
from gallerynet.core.tags.learning import Floats, Hyperplane


@dataclass(frozen=True)
class LinearTagModel:
    """What a tag means, and from which confidence items get it."""

    plane: Hyperplane
    cut: Cut
    min_confidence: float = USUAL

    @property
    def least_score(self) -> float:
        """Items that score more get the tag."""
        return np.inf if self.cut.is_thin else self.cut.score_at(self.min_confidence)

    def confidence(self, scores: Floats) -> Floats:
        return self.cut.confidence(scores)

    def wanting(self, min_confidence: float) -> "LinearTagModel":
        return replace(self, min_confidence=min_confidence)


def load_models(connection: sa.Connection, embedding_model: str) -> dict[int, LinearTagModel]:
    """The models by the key of their tag; those for another embedding are left out."""
    query = sa.select(tag_models).where(tag_models.c.embedding_model == embedding_model)
    return {
        row.tag_id: LinearTagModel(
            Hyperplane(
                np.frombuffer(row.weights, dtype="<f8").astype(np.float32),
                row.bias,
                np.frombuffer(row.center, dtype="<f4").astype(np.float32),
            ),
            Cut(row.threshold, -row.platt_a, bool(row.is_thin)),
            row.min_confidence,
        )
        for row in connection.execute(query)
    }


def save_model(
    tx: Transaction,
    tag_key: int,
    model: LinearTagModel,
    examples: Examples,
    negatives: int,
    hoped: Expected,
    embedding_model: str,
) -> None:
    """In place of an older one; the confidence that the user chose stays."""
    version = tx.execute(sa.select(tag_models.c.version).where(tag_models.c.tag_id == tag_key)).scalar() or 0
    values = {
        "weights": model.plane.weights.astype("<f8").tobytes(),
        "bias": model.plane.bias,
        "platt_a": -model.cut.slope,
        "platt_b": model.cut.slope * model.cut.middle,
        "trained_at_count": len(examples.positives),
        "version": version + 1,
        "trained_at": tx.started_at,
        "center": model.plane.center.astype("<f4").tobytes(),
        "threshold": model.cut.middle,
        "is_thin": model.cut.is_thin,
        "positives": len(examples.positives),
        "negatives": negatives,
        "average_precision": hoped.average_precision,
        "curve": [[point.min_confidence, point.tagged_count, point.precision, point.recall] for point in hoped.curve],
        "examples_digest": examples.digest(),
        "embedding_model": embedding_model,
    }
    statement = sqlite_insert(tag_models).values(tag_id=tag_key, **values)
    tx.execute(statement.on_conflict_do_update(index_elements=[tag_models.c.tag_id], set_=values))


def automatic_tags(connection: sa.Connection, tag_key: int) -> dict[int, float]:
    """The keys of the items that a tag is on automatically, rising, with its confidence."""
    query = (
        sa.select(media.c.key, media_tags.c.confidence)
        .join(media_tags, media_tags.c.media_id == media.c.id)
        .where(media_tags.c.tag_id == tag_key, media_tags.c.is_auto.is_(True))
        .order_by(media.c.key)
    )
    return {row.key: row.confidence for row in connection.execute(query)}


def give(tx: Transaction, tag_key: int, confidences: dict[int, float], within: Keys | None = None) -> tuple[int, int]:
    """Makes the automatic tags of the items ``within``, or of all, those that ``confidences`` names.

    What the user tagged or rejected by hand stays as it is. Returns how many there were and are, and tells of the
    items that changed.
    """
    old = automatic_tags(tx.connection, tag_key)
    if within is not None:
        inside = np.isin(np.fromiter(old, dtype=np.int64, count=len(old)), within)
        old = {key: confidence for (key, confidence), kept in zip(old.items(), inside, strict=True) if kept}
    by_hand = _by_hand(tx.connection, tag_key)
    new = {key: confidence for key, confidence in confidences.items() if key not in by_hand}
    gone = [key for key in old if key not in new]
    written = {key: confidence for key, confidence in new.items() if old.get(key) != confidence}
    if gone:
        ids = sa.select(media.c.id).where(media.c.key.in_(_json_keys(gone)))
        mine = sa.and_(media_tags.c.tag_id == tag_key, media_tags.c.is_auto.is_(True))
        tx.execute(sa.delete(media_tags).where(mine, media_tags.c.media_id.in_(ids)))
    if written:
        each = sa.func.json_each(json.dumps(list(written.items()))).table_valued("value")
        key, confidence = (sa.func.json_extract(each.c.value, path) for path in ("$[0]", "$[1]"))
        rows = sa.select(media.c.id, sa.literal(tag_key), sa.true(), confidence).select_from(
            each.join(media, media.c.key == key)
        )
        insert = sqlite_insert(media_tags).from_select(
            ["media_id", "tag_id", "is_auto", "confidence"], rows.where(sa.true())
        )
        tx.execute(
            insert.on_conflict_do_update(
                index_elements=[media_tags.c.media_id, media_tags.c.tag_id],
                set_={"confidence": insert.excluded.confidence},
            )
        )
    changed = _ids(tx.connection, [*gone, *written])
    record_media(tx, EventKind.MEDIA_CHANGED, changed)
    return len(old), len(new)


def _by_hand(connection: sa.Connection, tag_key: int) -> set[int]:
    manual = sa.select(media_tags.c.media_id).where(media_tags.c.tag_id == tag_key, media_tags.c.is_auto.is_(False))
    rejected = sa.select(tag_rejections.c.media_id).where(tag_rejections.c.tag_id == tag_key)
    return set(connection.execute(sa.select(media.c.key).where(media.c.id.in_(sa.union(manual, rejected)))).scalars())


def _ids(connection: sa.Connection, keys: list[int]) -> list[Id]:
    if not keys:
        return []
    query = sa.select(media.c.id).where(media.c.key.in_(_json_keys(keys))).order_by(media.c.key)
    return list(connection.execute(query).scalars())


def _json_keys(keys: list[int]) -> sa.Select[tuple[int]]:
    """Any number of keys as one parameter."""
    return sa.select(sa.func.json_each(json.dumps(keys)).table_valued("value").c.value)
