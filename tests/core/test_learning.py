from pathlib import Path

import numpy as np
import pytest

from gallerynet.core.errors import InvalidInput
from gallerynet.core.ids import Id
from gallerynet.core.ingest.pipeline import Added
from gallerynet.core.ingest.receive import Receiver
from gallerynet.core.library import Library
from gallerynet.core.media.filters import MediaFilter, TagSource
from gallerynet.core.media.listing import NEWEST_FIRST
from gallerynet.core.tags.learning import LinearTagModel, fit
from tests.pictures import SHARED, drawn, encode

LABELS = ("Motorbikes", "sunflower", "pagoda", "stop_sign")


def _clusters(
    count: int, seed: int = 0
) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.float32]], np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Two kinds of unit vectors in 64 dimensions; ``count`` of the first, ten times as many of the second."""
    random = np.random.default_rng(seed)
    kind = random.standard_normal(64) * 1.2
    first = random.standard_normal((count, 64)) + kind
    rest = random.standard_normal((10 * count, 64))
    vectors = np.concatenate([first, rest]).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors, np.arange(len(vectors)) < count


def _learned(examples: int) -> tuple[LinearTagModel, float, float]:
    vectors, positive = _clusters(60)
    known = np.flatnonzero(positive)[:examples]
    others = np.setdiff1d(np.arange(len(vectors)), known)
    model = fit(vectors[known], vectors[others], vectors.mean(axis=0))
    tagged = model.scores(vectors[others]) > model.threshold
    truth = positive[others]
    return model, float(truth[tagged].mean()), float(tagged[truth].mean())


def test_a_few_examples_find_the_rest() -> None:
    _, precision, recall = _learned(10)
    assert precision > 0.8
    assert recall > 0.8


def test_the_same_examples_give_the_same_model() -> None:
    one, other = _learned(8)[0], _learned(8)[0]
    assert np.array_equal(one.weights, other.weights)
    assert (one.bias, one.threshold, one.measures) == (other.bias, other.threshold, other.measures)


def test_measures_need_enough_examples() -> None:
    assert _learned(4)[0].measures is None
    measures = _learned(10)[0].measures
    assert measures is not None
    assert 0 < measures.average_precision <= 1


def test_confidence_is_a_half_at_the_threshold_and_rises() -> None:
    model = _learned(10)[0]
    steps = model.confidence(model.threshold + np.array([-50.0, -1, 0, 1, 50]))
    assert steps[2] == pytest.approx(0.5)
    assert (np.diff(steps) > 0).all()
    assert steps[0] >= 0
    assert steps[-1] <= 1


def _add(library: Library, name: str, content: bytes) -> Id:
    receiver = Receiver(library.storage, name)
    receiver.write(content)
    outcome = library.ingest.add(receiver.finish(), None, allow_near_duplicates=True)
    assert isinstance(outcome, Added)
    return outcome.media.id


@pytest.mark.skipif(not SHARED.is_dir(), reason="labelled photographs lie beside the project only")
def test_a_tag_is_learned_from_photographs_and_keeps_a_no(library: Library) -> None:
    ids: dict[str, list[Id]] = {label: [] for label in LABELS}
    late: list[Path] = []
    for label in LABELS:
        paths = sorted((SHARED / "labelled" / label).iterdir())
        late += paths[-2:]
        for path in paths[:-2]:
            ids[label].append(_add(library, path.name, path.read_bytes()))
    library.tags.edit(ids["Motorbikes"][:5], ["bike"], [])
    learned = library.learner.learn("bike")
    automatic = MediaFilter(any_tags=("bike",), tag_source=TagSource.AUTO)
    tagged = {item.id for item in library.lists.page(automatic, NEWEST_FIRST, 200, None).items}
    assert learned.tagged_count == len(tagged)
    right = tagged & set(ids["Motorbikes"])
    assert len(right) >= 10
    assert len(right) / len(tagged) >= 0.9

    refused = next(iter(right))
    library.tags.edit([refused], [], ["bike"])
    tag = library.learner.learn("bike").tag
    assert tag.rejected_count == 1
    again = {item.id for item in library.lists.page(automatic, NEWEST_FIRST, 200, None).items}
    assert refused not in again

    new = {path: _add(library, path.name, path.read_bytes()) for path in late}
    arrived = {item.id for item in library.lists.page(automatic, NEWEST_FIRST, 200, None).items}
    bikes = {identity for path, identity in new.items() if path.parent.name == "Motorbikes"}
    assert bikes <= arrived
    assert not (set(new.values()) - bikes) & arrived


def test_a_library_of_nothing_else_teaches_nothing(library: Library) -> None:
    ids = [_add(library, f"{seed}.png", encode(drawn(seed), "PNG")) for seed in range(3)]
    library.tags.edit(ids, ["all"], [])
    with pytest.raises(InvalidInput, match="nothing to tell it from"):
        library.learner.learn("all")
