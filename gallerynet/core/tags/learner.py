"""Learning tags from the library, and tagging the library by what was learned."""

import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from gallerynet.core.database import Database, Transaction
from gallerynet.core.database.tables import media, media_tags, tag_models, tag_rejections
from gallerynet.core.errors import InvalidInput
from gallerynet.core.events import EventKind, record_media
from gallerynet.core.ids import Id
from gallerynet.core.jobs import Job, JobKind, record_finished
from gallerynet.core.search.index import Keys, Vector, VectorIndex
from gallerynet.core.tags.examples import Examples, read_examples
from gallerynet.core.tags.learning import MIN_EXAMPLES, LinearTagModel, fit, sample_unlabelled
from gallerynet.core.tags.model import Tag
from gallerynet.core.tags.names import record_tags, require_tag


@dataclass(frozen=True, slots=True)
class Learned:
    tag: Tag
    tagged_count: int
    job: Job


class TagLearner:
    def __init__(self, database: Database, index: VectorIndex, embedding_model: str) -> None:
        self._database = database
        self._index = index
        self._embedding_model = embedding_model
        self._lock = threading.Lock()  # one learns at a time: each takes every core it gets

    def learn(self, name: str) -> Learned:
        """Trains the tag on its examples and tags the whole library by it.

        Raises NotFound for an unknown tag, InvalidInput where there are too few examples.
        """
        with self._lock:
            with self._database.read() as connection:
                tag = require_tag(connection, name)
                examples = read_examples(connection, [tag.key])[tag.key]
                alive = np.fromiter(
                    connection.execute(sa.select(media.c.key).where(media.c.trashed_at.is_(None))).scalars(),
                    dtype=np.int64,
                )
            keys, vectors = self._index.snapshot()
            in_library = np.isin(keys, alive)
            keys, vectors = keys[in_library], vectors[in_library]
            model, negatives = _train(tag, examples, keys, vectors)
            scores = model.scores(vectors)
            chosen = scores > model.threshold
            tagged = dict(zip(keys[chosen].tolist(), model.confidence(scores[chosen]).tolist(), strict=True))
            with self._database.write() as tx:
                self._save(tx, tag.key, model, examples, negatives)
                count = _replace_automatic(tx, tag.key, tagged)
                record_tags(tx, [tag.key])
                job = record_finished(tx, JobKind.LEARN_TAG, len(keys), f"Learned {tag.name!r}: {count} items tagged")
                return Learned(require_tag(tx.connection, name), count, job)

    def tag_added(self, tx: Transaction, key: int, identity: Id, vector: Vector) -> None:  # noqa: ARG002 - AddedHook
        """Gives a new item the tags of every model that there is."""
        for row in tx.execute(sa.select(tag_models).where(tag_models.c.embedding_model == self._embedding_model)):
            model = _model_from_row(row)
            score = model.scores(vector[np.newaxis])
            if score[0] > model.threshold:
                tx.execute(
                    sa.insert(media_tags).values(
                        media_id=identity,
                        tag_id=row.tag_id,
                        is_auto=True,
                        confidence=float(model.confidence(score)[0]),
                    )
                )
                record_tags(tx, [row.tag_id])

    def _save(self, tx: Transaction, tag_key: int, model: LinearTagModel, examples: Examples, negatives: int) -> None:
        version = tx.execute(sa.select(tag_models.c.version).where(tag_models.c.tag_id == tag_key)).scalar() or 0
        measures = model.measures
        values = {
            "weights": model.weights.astype("<f8").tobytes(),
            "bias": model.bias,
            "platt_a": model.platt_a,
            "platt_b": model.platt_b,
            "trained_at_count": len(examples.positives),
            "version": version + 1,
            "trained_at": tx.started_at,
            "center": model.center.astype("<f4").tobytes(),
            "threshold": model.threshold,
            "positives": len(examples.positives),
            "negatives": negatives,
            "average_precision": None if measures is None else measures.average_precision,
            "precision": None if measures is None else measures.precision,
            "recall": None if measures is None else measures.recall,
            "examples_digest": examples.digest(),
            "embedding_model": self._embedding_model,
        }
        statement = sqlite_insert(tag_models).values(tag_id=tag_key, **values)
        tx.execute(statement.on_conflict_do_update(index_elements=[tag_models.c.tag_id], set_=values))


def _train(tag: Tag, examples: Examples, keys: Keys, vectors: Vector) -> tuple[LinearTagModel, int]:
    """The model, and the number of negatives that it was trained on."""
    positive = np.isin(keys, examples.positives)
    rejected = np.isin(keys, examples.rejected)
    count = int(positive.sum())
    if count < MIN_EXAMPLES:
        raise InvalidInput(
            f"The tag {tag.name!r} has {count} {'example' if count == 1 else 'examples'} that can be learned from; "
            f"it takes {MIN_EXAMPLES}. Give the tag to a few more pictures first."
        )
    unlabelled = sample_unlabelled(keys[~positive & ~rejected])
    negative = rejected | np.isin(keys, unlabelled)
    if not negative.any():
        raise InvalidInput(
            f"Every picture carries the tag {tag.name!r}: there is nothing to tell it from. Add some without it."
        )
    model = fit(vectors[positive], vectors[negative], vectors.mean(axis=0))
    return model, int(negative.sum())


def _replace_automatic(tx: Transaction, tag_key: int, tagged: dict[int, float]) -> int:
    """Makes the automatic tags of the library those of ``tagged``, item keys with confidences; returns their number.

    What the user tagged or rejected by hand stays as it is.
    """
    old = {
        row.media_id: row.confidence
        for row in tx.execute(
            sa.select(media_tags.c.media_id, media_tags.c.confidence).where(
                media_tags.c.tag_id == tag_key, media_tags.c.is_auto.is_(True)
            )
        )
    }
    by_hand = set(
        tx.execute(
            sa.union(
                sa.select(media_tags.c.media_id).where(media_tags.c.tag_id == tag_key, media_tags.c.is_auto.is_(False)),
                sa.select(tag_rejections.c.media_id).where(tag_rejections.c.tag_id == tag_key),
            )
        ).scalars()
    )
    ids = {row.key: row.id for row in tx.execute(sa.select(media.c.key, media.c.id))}
    new = {ids[key]: confidence for key, confidence in tagged.items() if key in ids and ids[key] not in by_hand}
    tx.execute(sa.delete(media_tags).where(media_tags.c.tag_id == tag_key, media_tags.c.is_auto.is_(True)))
    if new:
        tx.execute(
            sa.insert(media_tags),
            [
                {"media_id": identity, "tag_id": tag_key, "is_auto": True, "confidence": confidence}
                for identity, confidence in new.items()
            ],
        )
    changed = [identity for identity in {**old, **new} if old.get(identity) != new.get(identity)]
    record_media(tx, EventKind.MEDIA_CHANGED, changed)
    return len(new)


def _model_from_row(row: sa.Row[Any]) -> LinearTagModel:
    return LinearTagModel(
        weights=np.frombuffer(row.weights, dtype="<f8"),
        bias=row.bias,
        center=np.frombuffer(row.center, dtype="<f4"),
        threshold=row.threshold,
        measures=None,
    )
