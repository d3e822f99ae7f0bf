"""What to ask the user about a tag, and what speaks for it."""

import numpy as np
import sqlalchemy as sa
from scipy.special import expit

from gallerynet.core.database import Database
from gallerynet.core.database.tables import media
from gallerynet.core.errors import InvalidInput
from gallerynet.core.ids import Id
from gallerynet.core.media.filters import EVERYTHING, conditions
from gallerynet.core.media.listing import check_page_size
from gallerynet.core.media.model import Media
from gallerynet.core.media.rows import find, find_by_keys
from gallerynet.core.search.index import Keys, Vector
from gallerynet.core.tags.examples import Examples, read_examples
from gallerynet.core.tags.features import LibraryFeatures
from gallerynet.core.tags.learning import Floats, Numbers, farthest_first
from gallerynet.core.tags.model import Suggestion, Tag
from gallerynet.core.tags.models import LinearTagModel, load_models

ASKED_AT_ONCE = 100
BECAUSE = 3
POOL = 8  # times as many as are asked about are looked at
REPEATS = 0.97  # cosine of features from which asking about both teaches little more than asking about one
COMPARED = 500  # answered items and examples that others are held against


def choose(distances: Floats, features: Vector, answered: Vector, count: int) -> Numbers:
    """Rows to ask about: near the cut, and unlike each other and what was answered.

    ``distances`` are from the cut, shape (n,), rising; ``features`` and ``answered`` unit vectors, shape (n, d).
    """
    chosen = farthest_first(features, count, answered, REPEATS)
    return chosen[np.argsort(np.abs(distances[chosen]), kind="stable")]


class TagQuestions:
    def __init__(self, database: Database, features: LibraryFeatures, embedding_model: str) -> None:
        self._database = database
        self._features = features
        self._embedding_model = embedding_model

    def queue(self, tag: Tag, first: int) -> list[Suggestion]:
        """The items whose answer would teach the model most, most uncertain first; none that was answered.

        Empty until the tag is learned. Raises InvalidInput for a number out of range.
        """
        check_page_size(first, ASKED_AT_ONCE)
        with self._database.read() as connection:
            model = load_models(connection, self._embedding_model).get(tag.key)
            examples = read_examples(connection, [tag.key])[tag.key]
            alive = np.fromiter(
                connection.execute(sa.select(media.c.key).where(*conditions(EVERYTHING))).scalars(), dtype=np.int64
            )
        if model is None:
            return []
        keys, scores = self._features.scores([model.plane])
        open_rows = np.flatnonzero(np.isin(keys, alive) & ~np.isin(keys, [*examples.positives, *examples.rejected]))
        distances = scores[open_rows, 0].astype(np.float64) - model.cut.middle
        near = np.argsort(np.abs(distances), kind="stable")[: POOL * first]
        features = unit(self._features.of(keys[open_rows[near]], model.plane.center))
        answered = self._examples([*examples.positives, *examples.rejected])
        chosen = near[choose(distances[near], features, unit(self._features.of(answered, model.plane.center)), first)]
        asked = keys[open_rows[chosen]]
        because = self._because(model, examples, asked)
        with self._database.read() as connection:
            wanted = sorted({int(key) for key in [*asked, *because.flat]})
            items = {item.key: item for item in find_by_keys(connection, wanted)}
        confidences = model.confidence(distances[chosen] + model.cut.middle)
        return [
            Suggestion(items[key], float(confidence), [items[example] for example in speaking if example in items])
            for key, confidence, speaking in zip(asked.tolist(), confidences, because.tolist(), strict=True)
            if key in items
        ]

    def because(self, tag: Tag, media_id: Id, first: int) -> list[Media]:
        """The user's examples that speak most for the tag on this item, most first.

        Empty until the tag is learned, and for an item without a vector. Raises NotFound, and InvalidInput for a
        number out of range.
        """
        if not 1 <= first <= ASKED_AT_ONCE:
            raise InvalidInput(f"Ask for 1 to {ASKED_AT_ONCE} examples, not {first}.")
        with self._database.read() as connection:
            item = find(connection, media_id)
            model = load_models(connection, self._embedding_model).get(tag.key)
            examples = read_examples(connection, [tag.key])[tag.key]
            if model is None or not item.is_searchable:
                return []
            own = np.array([item.key], dtype=np.int64)
            speaking = self._because(model, examples, own, first + 1)[0]
            keys = [key for key in speaking.tolist() if key != item.key]
            return find_by_keys(connection, keys[:first])

    def _because(self, model: LinearTagModel, examples: Examples, keys: Keys, first: int = BECAUSE) -> Keys:
        """For each key the examples that add most to its score, shape (n, up to first).

        The weights are a sum over the examples of how hard each pulls, times its feature.
        """
        shown = self._examples(examples.positives)
        theirs = self._features.of(shown, model.plane.center)
        pull = expit(-(theirs @ model.plane.weights + model.plane.bias))
        added = (self._features.of(keys, model.plane.center) @ theirs.T) * pull
        order = np.argsort(-added, axis=1, kind="stable")[:, :first]
        return shown[order]

    def _examples(self, keys: list[int]) -> Keys:
        """Those that the library holds a vector of; of very many, some."""
        present = np.intersect1d(np.array(keys, dtype=np.int64), self._features.keys())
        if len(present) > COMPARED:
            present = present[np.linspace(0, len(present) - 1, COMPARED).astype(np.int64)]
        return present


def unit(features: Vector) -> Vector:
    unit: Vector = features / np.maximum(np.linalg.norm(features, axis=1, keepdims=True), np.float32(1e-6))
    return unit
