from dataclasses import dataclass
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
from gallerynet.core.tags.cut import USUAL, Cut, Expected, expected, place_cut
from gallerynet.core.tags.learning import Learned, centred, learn, near_duplicates
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


@dataclass
class Tried:
    learned: Learned
    cut: Cut
    hoped: Expected
    precision: float
    recall: float


def _tried(examples: int) -> Tried:
    vectors, positive = _clusters(60)
    features = centred(vectors, vectors.mean(axis=0))
    known = np.flatnonzero(positive)[:examples]
    others = np.setdiff1d(np.arange(len(vectors)), known)
    learned = learn(features[known], features[:0], features[others], near_duplicates(vectors[known]))
    scores = (features[others] @ learned.weights + learned.bias).astype(np.float64)
    cut = place_cut(learned.held_out, scores)
    tagged = cut.confidence(scores) > USUAL
    truth = positive[others]
    hoped = expected(cut, learned.held_out, scores)
    return Tried(learned, cut, hoped, float(truth[tagged].mean()), float(tagged[truth].mean()))


def test_a_few_examples_find_the_rest() -> None:
    tried = _tried(10)
    assert not tried.cut.is_thin
    assert tried.precision > 0.8
    assert tried.recall > 0.8


def test_the_same_examples_give_the_same_model() -> None:
    one, other = _tried(8), _tried(8)
    assert np.array_equal(one.learned.weights, other.learned.weights)
    assert (one.learned.bias, one.cut, one.hoped) == (other.learned.bias, other.cut, other.hoped)


def test_measures_need_enough_examples() -> None:
    assert _tried(4).hoped.average_precision is None
    measured = _tried(10).hoped.average_precision
    assert measured is not None
    assert 0 < measured <= 1


def test_confidence_is_a_half_at_the_cut_and_rises() -> None:
    cut = _tried(10).cut
    steps = cut.confidence(cut.score_at(0.5) + np.array([-50.0, -1, 0, 1, 50]))
    assert steps[2] == pytest.approx(0.5)
    assert (np.diff(steps) >= 0).all()
    assert steps[1] < steps[2] < steps[3]
    assert steps[0] >= 0
    assert steps[-1] <= 1


def test_examples_that_have_nothing_in_common_tag_nothing() -> None:
    vectors, positive = _clusters(60)
    features = centred(vectors, vectors.mean(axis=0))
    known = np.flatnonzero(~positive)[[5, 100, 200, 300]]
    others = np.setdiff1d(np.arange(len(vectors)), known)
    learned = learn(features[known], features[:0], features[others], near_duplicates(vectors[known]))
    scores = (features[others] @ learned.weights + learned.bias).astype(np.float64)
    assert place_cut(learned.held_out, scores).is_thin


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
