"""Learning tags from the library, and tagging the library by what was learned."""

import threading
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from gallerynet.core.database import Database, Transaction
from gallerynet.core.database.tables import media, media_tags, tag_models, tag_rejections
from gallerynet.core.errors import InvalidInput
from gallerynet.core.events import EventKind, record_media
from gallerynet.core.ids import Id
from gallerynet.core.jobs import Job, JobKind, record_finished
from gallerynet.core.media.filters import EVERYTHING, MediaFilter, conditions
from gallerynet.core.media.listing import check_page_size
from gallerynet.core.media.model import Media
from gallerynet.core.media.rows import find_by_keys
from gallerynet.core.search.index import Keys, Vector, VectorIndex, View
from gallerynet.core.tags.examples import Examples, read_examples
from gallerynet.core.tags.learning import (
    MIN_EXAMPLES,
    Floats,
    LinearTagModel,
    centred,
    fit,
    most_telling,
    sample_unlabelled,
)
from gallerynet.core.tags.model import Tag
from gallerynet.core.tags.names import find_tag, read_tags, record_tags, require_tag

REVIEWED_AT_ONCE = 100
BECAUSE = 3


@dataclass(frozen=True, slots=True)
class Learned:
    tag: Tag
    tagged_count: int
    job: Job


@dataclass(frozen=True, slots=True)
class AutoTagged:
    """How many automatic tags there were in the part of the library that was meant, and are."""

    before: int
    after: int
    models_applied: int
    job: Job


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An item to ask the user about, with the examples that are most like it."""

    media: Media
    confidence: float
    because: list[Media]


@dataclass(frozen=True)
class _Searchable:
    """The library as learning sees it: what is not in the trash and has a vector."""

    keys: Keys  # rising
    view: View

    def within(self, keys: Keys) -> "_Searchable":
        return _Searchable(self.keys[np.isin(self.keys, keys)], self.view)

    def vectors(self, keys: Keys) -> Vector:
        """Copies for some of the keys, rising ones."""
        return self.view.take(keys)

    def mean(self) -> Vector:
        parts = [
            vectors[np.isin(keys, self.keys)].sum(axis=0, dtype=np.float64) for keys, vectors in self.view.blocks()
        ]
        center: Vector = (np.sum(parts, axis=0) / len(self.keys)).astype(np.float32)
        return center

    def scores(self, model: LinearTagModel) -> Floats:
        """In the order of the keys."""
        scores = np.empty(len(self.keys))
        for keys, vectors in self.view.blocks():
            inside = np.isin(keys, self.keys)
            scores[np.searchsorted(self.keys, keys[inside])] = model.scores(vectors[inside])
        return scores


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
            library = self._searchable(EVERYTHING)
            trained = _train(tag, examples, library)
            with self._database.write() as tx:
                self._save(tx, tag.key, trained)
                count = _apply(tx, tag.key, trained.model, library)
                record_tags(tx, [tag.key])
                job = record_finished(
                    tx, JobKind.LEARN_TAG, len(library.keys), f"Learned {tag.name!r}: {count} items tagged."
                )
                return Learned(find_tag(tx.connection, tag.id), count, job)

    def apply(self, identity: Id, wanted: MediaFilter) -> Learned:
        """Applies the learned model to a part of the library. Raises NotFound, and InvalidInput for one not learned."""
        part = self._searchable(wanted)
        with self._database.write() as tx:
            tag = find_tag(tx.connection, identity)
            model = self._models(tx.connection).get(tag.key)
            if model is None:
                raise InvalidInput(f"The tag {tag.name!r} has not been learned yet: learn it first.")
            count = _apply(tx, tag.key, model, part)
            record_tags(tx, [tag.key])
            job = record_finished(tx, JobKind.LEARN_TAG, len(part.keys), f"Applied {tag.name!r}: {count} items tagged.")
            return Learned(find_tag(tx.connection, identity), count, job)

    def auto_tag(self, wanted: MediaFilter) -> AutoTagged:
        """Retrains every tag whose examples have changed and applies every model to a part of the library."""
        with self._lock:
            library = self._searchable(EVERYTHING)
            part = library if wanted == EVERYTHING else library.within(self._keys(wanted))
            with self._database.read() as connection:
                known = read_tags(connection)
                examples = read_examples(connection, [tag.key for tag in known])
            stale = [tag for tag in known if tag.model is None or tag.model.is_stale]
            trained = {}
            for tag in stale:
                with suppress(InvalidInput):  # too few examples: it keeps what it has
                    trained[tag.key] = _train(tag, examples[tag.key], library)
            with self._database.write() as tx:
                before = _count_automatic(tx, part.keys)
                for key, result in trained.items():
                    self._save(tx, key, result)
                models = self._models(tx.connection)
                for key, model in models.items():
                    _apply(tx, key, model, part)
                record_tags(tx, list(models))
                after = _count_automatic(tx, part.keys)
                message = f"Applied {len(models)} tags to {len(part.keys)} items."
                job = record_finished(tx, JobKind.AUTO_TAG, len(part.keys), message)
        return AutoTagged(before, after, len(models), job)

    def count_automatic(self, wanted: MediaFilter) -> int:
        """How many automatic tags there are on these items."""
        query = (
            sa.select(sa.func.count())
            .select_from(media_tags.join(media, media.c.id == media_tags.c.media_id))
            .where(media_tags.c.is_auto.is_(True), *conditions(wanted))
        )
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def review_queue(self, tag: Tag, first: int) -> list[Suggestion]:
        """The items whose answer would teach the model most: nearest to its cut, and unlike each other.

        Empty until the tag is learned. Raises InvalidInput for a number out of range.
        """
        check_page_size(first, REVIEWED_AT_ONCE)
        with self._database.read() as connection:
            model = self._models(connection).get(tag.key)
            examples = read_examples(connection, [tag.key])[tag.key]
        if model is None:
            return []
        library = self._searchable(EVERYTHING)
        answered = np.isin(library.keys, [*examples.positives, *examples.rejected])
        keys, scores = library.keys[~answered], library.scores(model)[~answered]
        vectors = library.vectors(keys)
        chosen = most_telling(scores - model.threshold, centred(vectors, model.center), first)
        shown = library.within(np.array(examples.positives, dtype=np.int64))
        near = centred(vectors[chosen], model.center) @ centred(shown.vectors(shown.keys), model.center).T
        nearest = shown.keys[np.argsort(-near, axis=1)[:, :BECAUSE]]
        with self._database.read() as connection:
            wanted = {int(key) for key in [*keys[chosen], *nearest.flat]}
            items = {item.key: item for item in find_by_keys(connection, sorted(wanted))}
        confidences = model.confidence(scores[chosen])
        return [
            Suggestion(items[key], float(confidence), [items[example] for example in because if example in items])
            for key, confidence, because in zip(keys[chosen].tolist(), confidences, nearest.tolist(), strict=True)
            if key in items
        ]

    def tag_added(self, tx: Transaction, key: int, identity: Id, vector: Vector) -> None:  # noqa: ARG002 - AddedHook
        """Gives a new item the tags of every model that there is."""
        tagged = []
        for tag_key, model in self._models(tx.connection).items():
            score = model.scores(vector[np.newaxis])
            if score[0] > model.threshold:
                tagged.append(tag_key)
                confidence = float(model.confidence(score)[0])
                values = {"media_id": identity, "tag_id": tag_key, "is_auto": True, "confidence": confidence}
                tx.execute(sa.insert(media_tags).values(values))
        record_tags(tx, tagged)

    def _searchable(self, wanted: MediaFilter) -> _Searchable:
        view = self._index.view()
        return _Searchable(view.keys, view).within(self._keys(wanted))

    def _keys(self, wanted: MediaFilter) -> Keys:
        with self._database.read() as connection:
            found = connection.execute(sa.select(media.c.key).where(*conditions(wanted))).scalars()
            return np.fromiter(found, dtype=np.int64)

    def _models(self, connection: sa.Connection) -> dict[int, LinearTagModel]:
        """The learned models by the key of their tag; those for another embedding are left out."""
        query = sa.select(tag_models).where(tag_models.c.embedding_model == self._embedding_model)
        return {
            row.tag_id: LinearTagModel(
                weights=np.frombuffer(row.weights, dtype="<f8"),
                bias=row.bias,
                center=np.frombuffer(row.center, dtype="<f4"),
                threshold=row.threshold,
                measures=None,
            )
            for row in connection.execute(query)
        }

    def _save(self, tx: Transaction, tag_key: int, trained: "_Trained") -> None:
        model, examples = trained.model, trained.examples
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
            "negatives": trained.negatives,
            "average_precision": None if measures is None else measures.average_precision,
            "precision": None if measures is None else measures.precision,
            "recall": None if measures is None else measures.recall,
            "examples_digest": examples.digest(),
            "embedding_model": self._embedding_model,
        }
        statement = sqlite_insert(tag_models).values(tag_id=tag_key, **values)
        tx.execute(statement.on_conflict_do_update(index_elements=[tag_models.c.tag_id], set_=values))


@dataclass(frozen=True)
class _Trained:
    model: LinearTagModel
    examples: Examples
    negatives: int


def _train(tag: Tag, examples: Examples, library: _Searchable) -> _Trained:
    keys = library.keys
    positive = np.isin(keys, examples.positives)
    rejected = np.isin(keys, examples.rejected)
    count = int(positive.sum())
    if count < MIN_EXAMPLES:
        raise InvalidInput(
            f"The tag {tag.name!r} has {count} {'example' if count == 1 else 'examples'} that can be learned from; "
            f"it takes {MIN_EXAMPLES}. Give the tag to a few more pictures first."
        )
    negative = rejected | np.isin(keys, sample_unlabelled(keys[~positive & ~rejected]))
    if not negative.any():
        raise InvalidInput(
            f"Every picture carries the tag {tag.name!r}: there is nothing to tell it from. Add some without it."
        )
    model = fit(library.vectors(keys[positive]), library.vectors(keys[negative]), library.mean())
    return _Trained(model, examples, int(negative.sum()))


def _apply(tx: Transaction, tag_key: int, model: LinearTagModel, part: _Searchable) -> int:
    """Makes the automatic tags of ``part`` those that the model gives; returns their number there.

    What the user tagged or rejected by hand stays as it is.
    """
    scores = part.scores(model)
    chosen = scores > model.threshold
    confidences = dict(zip(part.keys[chosen].tolist(), model.confidence(scores[chosen]).tolist(), strict=True))
    ids = {row.key: row.id for row in tx.execute(sa.select(media.c.key, media.c.id))}
    inside = {ids[key] for key in part.keys.tolist() if key in ids}
    by_hand = set(
        tx.execute(
            sa.union(
                sa.select(media_tags.c.media_id).where(media_tags.c.tag_id == tag_key, media_tags.c.is_auto.is_(False)),
                sa.select(tag_rejections.c.media_id).where(tag_rejections.c.tag_id == tag_key),
            )
        ).scalars()
    )
    automatic = sa.and_(media_tags.c.tag_id == tag_key, media_tags.c.is_auto.is_(True))
    old = {
        row.media_id: row.confidence
        for row in tx.execute(sa.select(media_tags.c.media_id, media_tags.c.confidence).where(automatic))
        if row.media_id in inside
    }
    new = {ids[key]: confidence for key, confidence in confidences.items() if key in ids and ids[key] not in by_hand}
    if old:
        tx.execute(
            sa.delete(media_tags).where(automatic, media_tags.c.media_id == sa.bindparam("item")),
            [{"item": identity} for identity in old],
        )
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


def _count_automatic(tx: Transaction, keys: Keys) -> int:
    tagged = tx.execute(
        sa.select(media.c.key)
        .join(media_tags, media_tags.c.media_id == media.c.id)
        .where(media_tags.c.is_auto.is_(True))
    ).scalars()
    return int(np.isin(np.fromiter(tagged, dtype=np.int64), keys).sum())
