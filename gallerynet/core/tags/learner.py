"""Learning tags from the library, and tagging the library by what was learned."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from gallerynet.core.database import Database, Transaction
from gallerynet.core.database.tables import media, media_tags, tag_models, tags
from gallerynet.core.errors import InvalidInput
from gallerynet.core.ids import Id
from gallerynet.core.job_notes import Counted, Note, NoteCode
from gallerynet.core.jobs import Job, JobKind, record_finished
from gallerynet.core.media.filters import EVERYTHING, MediaFilter, conditions
from gallerynet.core.search.index import Keys, Vector
from gallerynet.core.tags.cut import Expected, expected, place_cut
from gallerynet.core.tags.examples import Examples, read_examples
from gallerynet.core.tags.features import LibraryFeatures
from gallerynet.core.tags.learning import MIN_EXAMPLES, Floats, Hyperplane, learn, near_duplicates
from gallerynet.core.tags.model import Tag
from gallerynet.core.tags.models import LinearTagModel, give, load_models, save_model
from gallerynet.core.tags.names import find_tag, read_tags, record_answers, record_tags, require_tag, staleness
from gallerynet.core.tags.neighbours import Neighbours
from gallerynet.core.tags.runs import record_run, state_of, undo_run

MAX_EXAMPLES = 2_000  # of each kind that are learned from; more teach nothing and cost time
DECIMALS = 2  # that a confidence is told in: what changes less is no change
LEAST, MOST = 0.05, 0.99  # confidences that a user may tag from


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
class Undone:
    """The tags as they were before the run."""

    tags: list[Tag]


@dataclass(frozen=True)
class _Trained:
    model: LinearTagModel
    negatives: int
    hoped: Expected
    keys: Keys
    scores: Vector  # of each key


class TagLearner:
    def __init__(
        self, database: Database, features: LibraryFeatures, neighbours: Neighbours, embedding_model: str
    ) -> None:
        self._database = database
        self._features = features
        self._neighbours = neighbours
        self._embedding_model = embedding_model
        self._lock = threading.Lock()  # one learns at a time: each takes every core it gets

    def learn(self, name: str) -> Learned:
        """Trains the tag on its examples and tags the whole library by it.

        Raises NotFound for an unknown tag, InvalidInput where there are too few examples.
        """
        with self._lock:
            self._neighbours.complete()
            with self._database.write() as tx:
                tag = require_tag(tx.connection, name)
                before = {tag.key: state_of(tx, tag.key)}
                alive = self._keys(tx.connection, EVERYTHING)
                _, count = self._retrain(tx, tag, alive)
                record_tags(tx, [tag.key])
                learned = find_tag(tx.connection, tag.id)
                is_thin = learned.model is not None and learned.model.is_thin
                code = NoteCode.LEARNED_THINLY if is_thin else NoteCode.LEARNED
                note = Note(code, {Counted.ITEMS: count}, tag.name)
                job = record_finished(tx, JobKind.LEARN_TAG, len(alive), note)
                record_run(tx, job.id, before)
                return Learned(learned, count, job)

    def apply(self, identity: Id, wanted: MediaFilter) -> Learned:
        """Applies the learned model to a part of the library. Raises NotFound, and InvalidInput for one not learned."""
        with self._lock, self._database.write() as tx:
            tag = find_tag(tx.connection, identity)
            model = self._model(tx, tag)
            before = {tag.key: state_of(tx, tag.key)}
            part = self._keys(tx.connection, wanted)
            _, count = self._give(tx, tag.key, model, *self._scores(model), part)
            record_tags(tx, [tag.key])
            note = Note(NoteCode.APPLIED, {Counted.ITEMS: count}, tag.name)
            job = record_finished(tx, JobKind.LEARN_TAG, len(part), note)
            record_run(tx, job.id, before)
            return Learned(find_tag(tx.connection, identity), count, job)

    def auto_tag(self, wanted: MediaFilter) -> AutoTagged:
        """Retrains every tag whose examples have changed and applies every model to a part of the library."""
        with self._lock:
            self._neighbours.complete()
            with self._database.write() as tx:
                known = read_tags(tx.connection)
                part = self._keys(tx.connection, wanted)
                alive = part if wanted == EVERYTHING else self._keys(tx.connection, EVERYTHING)
                states = {tag.key: state_of(tx, tag.key) for tag in known}
                examples = read_examples(tx.connection, [tag.key for tag in known])
                is_stale = staleness(tx.connection, [tag.key for tag in known])
                for tag in known:
                    if is_stale.get(tag.key, True):
                        with suppress(InvalidInput):  # too few examples: it keeps what it has
                            trained = self._train(tag, examples[tag.key], alive)
                            self._save(tx, tag.key, examples[tag.key], trained)
                models = load_models(tx.connection, self._embedding_model)
                keys, scores = self._features.scores([model.plane for model in models.values()])
                before = after = 0
                for column, (tag_key, model) in enumerate(models.items()):
                    had, has = self._give(tx, tag_key, model, keys, scores[:, column], part)
                    before, after = before + had, after + has
                record_tags(tx, list(models))
                note = Note(NoteCode.ALL_APPLIED, {Counted.TAGS: len(models), Counted.ITEMS: len(part)})
                job = record_finished(tx, JobKind.AUTO_TAG, len(part), note)
                record_run(tx, job.id, {key: state for key, state in states.items() if key in models})
        return AutoTagged(before, after, len(models), job)

    def undo(self, job_id: Id) -> Undone:
        """Puts back the models and automatic tags that there were before that run.

        What the user said meanwhile stays. What came in meanwhile gets the tags that the older models give. A run that
        was undone before is left as it is. Raises NotFound and Conflict.
        """
        with self._lock, self._database.write() as tx:
            undone = undo_run(tx, job_id)
            if not undone.is_repeated:
                models = load_models(tx.connection, self._embedding_model)
                newer = self._keys(tx.connection, EVERYTHING)
                newer = newer[newer > undone.last_key]
                for key in undone.tag_keys:
                    if key in models and len(newer):
                        self._give(tx, key, models[key], *self._scores(models[key]), newer)
                record_tags(tx, undone.tag_keys)
            return Undone(read_tags(tx.connection, tags.c.id.in_(undone.tag_keys)))

    def review(self, identity: Id, confirm: Sequence[Id], reject: Sequence[Id]) -> Tag:
        """The user's answers: what is confirmed becomes manual, what is rejected goes and stays away.

        A tag that was learned learns from them at once. The same answers again change nothing. Raises NotFound, and
        InvalidInput for an item that is both.
        """
        with self._lock, self._database.write() as tx:
            tag = record_answers(tx, identity, confirm, reject)
            if staleness(tx.connection, [tag.key]).get(tag.key):
                with suppress(InvalidInput):  # too few examples are left: it keeps what it has
                    self._retrain(tx, tag, self._keys(tx.connection, EVERYTHING))
            record_tags(tx, [tag.key])
            return find_tag(tx.connection, identity)

    def set_threshold(self, identity: Id, min_confidence: float) -> Tag:
        """From now on items get the tag from this confidence on; the library is tagged anew by it at once.

        Raises NotFound, and InvalidInput for a tag that was not learned or a confidence out of range.
        """
        if not LEAST <= min_confidence <= MOST:
            raise InvalidInput(f"A tag's least confidence is from {LEAST} to {MOST}, not {min_confidence:g}.")
        with self._lock, self._database.write() as tx:
            tag = find_tag(tx.connection, identity)
            model = self._model(tx, tag).wanting(min_confidence)
            chosen = sa.update(tag_models).where(tag_models.c.tag_id == tag.key)
            tx.execute(chosen.values(min_confidence=min_confidence))
            alive = self._keys(tx.connection, EVERYTHING)
            self._give(tx, tag.key, model, *self._scores(model), alive)
            record_tags(tx, [tag.key])
            return find_tag(tx.connection, identity)

    def count_automatic(self, wanted: MediaFilter) -> int:
        """How many automatic tags there are on these items."""
        query = (
            sa.select(sa.func.count())
            .select_from(media_tags.join(media, media.c.id == media_tags.c.media_id))
            .where(media_tags.c.is_auto.is_(True), *conditions(wanted))
        )
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def tag_added(self, tx: Transaction, key: int, identity: Id, vector: Vector) -> None:
        """Gives a new item the tags of every model that there is."""
        near = self._neighbours.note(tx, key, vector)
        models = load_models(tx.connection, self._embedding_model)
        if not models:
            return
        scores = self._features.score_of_new(vector, near, [model.plane for model in models.values()])
        given = {
            tag_key: _told(model, np.array([score]))[0]
            for score, (tag_key, model) in zip(scores.tolist(), models.items(), strict=True)
            if score > model.least_score
        }
        for tag_key, confidence in given.items():
            values = {"media_id": identity, "tag_id": tag_key, "is_auto": True, "confidence": confidence}
            tx.execute(sqlite_insert(media_tags).on_conflict_do_nothing().values(values))  # its keywords are there
        record_tags(tx, list(given))

    def _retrain(self, tx: Transaction, tag: Tag, alive: Keys) -> tuple[int, int]:
        """Trains the tag and tags everything by it; how many had it automatically, and have. Raises InvalidInput."""
        examples = read_examples(tx.connection, [tag.key])[tag.key]
        trained = self._train(tag, examples, alive)
        self._save(tx, tag.key, examples, trained)
        model = load_models(tx.connection, self._embedding_model)[tag.key]
        return self._give(tx, tag.key, model, trained.keys, trained.scores, alive)

    def _train(self, tag: Tag, examples: Examples, alive: Keys) -> _Trained:
        background = self._features.background()
        positive = _some(np.intersect1d(examples.positives, self._features.keys()))
        rejected = _some(np.intersect1d(examples.rejected, self._features.keys()))
        if len(positive) < MIN_EXAMPLES:
            raise InvalidInput(
                f"The tag {tag.name!r} has {len(positive)} {'example' if len(positive) == 1 else 'examples'} that can "
                f"be learned from; it takes {MIN_EXAMPLES}. Give the tag to a few more pictures first."
            )
        answered = [*examples.positives, *examples.rejected]
        usable = np.isin(background.keys, alive) & ~np.isin(background.keys, answered)
        if not usable.any() and not len(rejected):
            raise InvalidInput(
                f"Every picture carries the tag {tag.name!r}: there is nothing to tell it from. Add some without it."
            )
        found = learn(
            self._features.of(positive, background.center),
            self._features.of(rejected, background.center),
            background.features[usable],
            near_duplicates(self._features.vectors(positive)),
        )
        plane = Hyperplane(found.weights, found.bias, background.center)
        keys, scores = self._features.scores([plane])
        others = np.isin(keys, alive) & ~np.isin(keys, examples.positives)
        library = scores[others, 0].astype(np.float64)
        cut = place_cut(found.held_out, found.outranked, library)
        hoped = expected(cut, found.held_out, library)
        return _Trained(LinearTagModel(plane, cut), len(rejected) + int(usable.sum()), hoped, keys, scores[:, 0])

    def _save(self, tx: Transaction, tag_key: int, examples: Examples, trained: _Trained) -> None:
        save_model(tx, tag_key, trained.model, examples, trained.negatives, trained.hoped, self._embedding_model)

    def _model(self, tx: Transaction, tag: Tag) -> LinearTagModel:
        model = load_models(tx.connection, self._embedding_model).get(tag.key)
        if model is None:
            raise InvalidInput(f"The tag {tag.name!r} has not been learned yet: learn it first.")
        return model

    def _scores(self, model: LinearTagModel) -> tuple[Keys, Vector]:
        keys, scores = self._features.scores([model.plane])
        return keys, scores[:, 0]

    def _give(
        self, tx: Transaction, tag_key: int, model: LinearTagModel, keys: Keys, scores: Vector, part: Keys
    ) -> tuple[int, int]:
        chosen = (scores > model.least_score) & np.isin(keys, part)
        confidences = _told(model, scores[chosen].astype(np.float64))
        return give(tx, tag_key, dict(zip(keys[chosen].tolist(), confidences, strict=True)), part)

    def _keys(self, connection: sa.Connection, wanted: MediaFilter) -> Keys:
        """Rising."""
        found = connection.execute(sa.select(media.c.key).where(*conditions(wanted)).order_by(media.c.key)).scalars()
        return np.fromiter(found, dtype=np.int64)


def _some(keys: Keys) -> Keys:
    """At most MAX_EXAMPLES, spread evenly."""
    if len(keys) <= MAX_EXAMPLES:
        return keys
    return keys[np.linspace(0, len(keys) - 1, MAX_EXAMPLES).astype(np.int64)]


def _told(model: LinearTagModel, scores: Floats) -> list[float]:
    confidences: list[float] = np.round(model.confidence(scores), DECIMALS).tolist()
    return confidences
