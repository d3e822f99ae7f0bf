"""The arithmetic of learning a tag, and tags learned from photographs."""

from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from gallerynet.core.database.tables import media_neighbours
from gallerynet.core.errors import InvalidInput
from gallerynet.core.ids import Id
from gallerynet.core.ingest.pipeline import Added
from gallerynet.core.ingest.receive import Receiver
from gallerynet.core.library import Library
from gallerynet.core.media.filters import MediaFilter, TagSource
from gallerynet.core.media.listing import NEWEST_FIRST
from gallerynet.core.tags.cut import Cut, at, expected, place_cut
from gallerynet.core.tags.learning import STRENGTH, Hyperplane, centred, farthest_first, learn, near_duplicates
from gallerynet.core.tags.names import tags_of
from gallerynet.core.tags.neighbours import averaging
from tests.pictures import SHARED, drawn, encode

LABELS = ("Motorbikes", "sunflower", "pagoda", "stop_sign")

Vectors = NDArray[np.float32]
Truth = NDArray[np.bool_]


def _clusters(count: int, seed: int = 0) -> tuple[Vectors, Truth]:
    """Two kinds of unit vectors in 64 dimensions; ``count`` of the first, ten times as many of the second."""
    random = np.random.default_rng(seed)
    kind = random.standard_normal(64) * 1.2
    first = random.standard_normal((count, 64)) + kind
    rest = random.standard_normal((10 * count, 64))
    vectors = np.concatenate([first, rest]).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors, np.arange(len(vectors)) < count


def _learned(vectors: Vectors, known: NDArray[np.int64], rejected: list[int] | None = None) -> tuple[Cut, Vectors]:
    """The cut, and the scores of all."""
    no = np.array(rejected or [], dtype=np.int64)
    others = np.setdiff1d(np.arange(len(vectors)), [*known, *no])
    features = centred(vectors, vectors.mean(axis=0))
    found = learn(features[known], features[no], features[others], near_duplicates(vectors[known]))
    scores = features @ found.weights + found.bias
    return place_cut(found.held_out, found.outranked, scores[others].astype(np.float64)), scores


def test_a_few_examples_find_the_rest() -> None:
    vectors, positive = _clusters(60)
    cut, scores = _learned(vectors, np.arange(10))
    tagged = scores[10:] > cut.middle
    assert not cut.is_thin
    assert positive[10:][tagged].mean() > 0.8
    assert tagged[positive[10:]].mean() > 0.7


def test_the_same_examples_give_the_same_model() -> None:
    vectors, _ = _clusters(60)
    (one, first), (other, second) = (_learned(vectors, np.arange(8)) for _ in range(2))
    assert one == other
    assert np.array_equal(first, second)


def test_examples_that_have_nothing_in_common_tag_nothing() -> None:
    vectors, _ = _clusters(60)
    for seed in range(5):
        drawn_rows = np.sort(np.random.default_rng(seed).choice(np.arange(60, 660), 6, replace=False))
        assert _learned(vectors, drawn_rows)[0].is_thin


def test_copies_of_one_picture_count_once() -> None:
    vectors, _ = _clusters(60)
    copies = np.repeat(vectors[:1], 5, axis=0) + np.float32(1e-4)
    cut, _ = _learned(np.concatenate([copies, vectors[1:]]), np.arange(5))
    assert cut.is_thin
    assert near_duplicates(np.concatenate([copies, vectors[1:3]])).tolist() == [0, 0, 0, 0, 0, 1, 2]


def test_a_no_lowers_what_is_like_it() -> None:
    vectors, _ = _clusters(60)
    _, before = _learned(vectors, np.arange(8))
    worst = int(np.argmax(before[60:])) + 60
    _, after = _learned(vectors, np.arange(8), rejected=[worst])
    assert after[worst] < before[worst] - 0.5


def test_the_regression_is_the_one_of_scikit_learn() -> None:
    vectors, positive = _clusters(30)
    features = centred(vectors, vectors.mean(axis=0))
    found = learn(features[:6], features[:0], features[6:], np.arange(6))
    shares = np.where(np.arange(len(features)) < 6, STRENGTH / 6, STRENGTH / (len(features) - 6))
    theirs = LogisticRegression(C=1.0, max_iter=5_000, tol=1e-8)
    theirs.fit(features.astype(np.float64), np.arange(len(features)) < 6, sample_weight=shares)
    scores = features @ found.weights + found.bias
    assert np.abs(scores - theirs.decision_function(features)).max() < 0.15 * np.abs(scores).max()
    assert np.corrcoef(scores, theirs.decision_function(features))[0, 1] > 0.999
    assert found.held_out.mean() < scores[:6].mean()
    assert scores[6:][positive[6:]].mean() > scores[6:][~positive[6:]].mean()


def test_scores_about_a_centre_need_no_copy() -> None:
    vectors, _ = _clusters(30)
    center = vectors.mean(axis=0)
    plane = Hyperplane(vectors[0] * 3, 0.25, center)
    expected_scores = centred(vectors, center) @ plane.weights + plane.bias
    assert np.allclose(plane.scores(vectors), expected_scores, atol=1e-4)


def test_neighbours_share_what_they_have_and_loners_keep_it() -> None:
    first, second = np.array([0, 0]), np.array([1, 2])
    means = averaging(4, first, second, np.array([0.5, 0.5], dtype=np.float32)).toarray()
    assert means == pytest.approx(np.array([[0, 0.5, 0.5, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1]]))


def test_confidence_is_a_half_at_the_cut_and_rises() -> None:
    cut = Cut(middle=0.7, slope=2.0, is_thin=False)
    steps = cut.confidence(0.7 + np.array([-500.0, -1, 0, 1, 500]))
    assert steps[2] == pytest.approx(0.5)
    assert (np.diff(steps) > 0).all()
    assert cut.confidence(np.array([cut.score_at(0.9)]))[0] == pytest.approx(0.9)


def test_untagged_positives_do_not_make_the_foretold_precision_low() -> None:
    """Forty of the library are right and untagged: counted as mistakes, they would read as a precision near 0."""
    random = np.random.default_rng(3)
    library = np.concatenate([random.normal(-3, 0.4, 800), random.normal(2, 0.5, 40)])
    held_out = random.normal(2, 0.5, 8)
    cut = place_cut(held_out, np.ones(8), library)
    hoped = expected(cut, held_out, library)
    here = at(hoped.curve, 0.5)
    assert here is not None
    assert here.tagged_count == pytest.approx(40, abs=2)
    assert here.precision > 0.85
    assert here.recall == 1
    assert hoped.average_precision is not None
    assert hoped.average_precision > 0.85
    assert [point.tagged_count for point in hoped.curve] == sorted((p.tagged_count for p in hoped.curve), reverse=True)
    assert expected(cut, held_out[:3], library).average_precision is None


def test_questions_are_unlike_each_other_and_what_was_answered() -> None:
    features = np.eye(6, dtype=np.float32)
    crowded = np.concatenate([features[[0, 0, 0, 1, 2]], features[3:]])
    assert farthest_first(crowded, 3, crowded[:0], 0.97).tolist() == [0, 3, 4]
    assert farthest_first(crowded, 8, crowded[:0], 0.97).tolist() == [0, 3, 4, 5, 6, 7]
    assert 0 not in farthest_first(crowded, 3, features[:1], 0.97)
    assert farthest_first(crowded[:3], 3, features[:1], 0.97).tolist() == []


def _add(library: Library, name: str, content: bytes) -> Id:
    receiver = Receiver(library.storage, name)
    receiver.write(content)
    outcome = library.ingest.add(receiver.finish(), None, allow_near_duplicates=True)
    assert isinstance(outcome, Added)
    return outcome.media.id


def _tagged(library: Library, name: str) -> dict[Id, float | None]:
    automatic = MediaFilter(any_tags=(name,), tag_source=TagSource.AUTO)
    items = library.lists.page(automatic, NEWEST_FIRST, 200, None).items
    with library.database.read() as connection:
        tags = tags_of(connection, [item.id for item in items])
    return {identity: tag.confidence for identity, given in tags.items() for tag in given}


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
    first = _tagged(library, "bike")
    assert learned.tagged_count == len(first)
    right = set(first) & set(ids["Motorbikes"])
    assert len(right) >= 10
    assert len(right) / len(first) >= 0.9

    again = library.learner.learn("bike")
    assert (again.tagged_count, _tagged(library, "bike")) == (learned.tagged_count, first)

    # What an upgraded library has not yet is made when it is needed.
    with library.database.write() as tx:
        tx.execute(sa.delete(media_neighbours))
    assert library.neighbours.complete() == sum(len(found) for found in ids.values())
    assert library.neighbours.complete() == 0
    library.learner.learn("bike")
    assert len(right & set(_tagged(library, "bike"))) >= len(right) - 1

    refused = next(iter(right))
    library.tags.edit([refused], [], ["bike"])
    tag = library.learner.learn("bike").tag
    assert tag.rejected_count == 1
    assert refused not in _tagged(library, "bike")

    new = {path: _add(library, path.name, path.read_bytes()) for path in late}
    arrived = set(_tagged(library, "bike"))
    bikes = {identity for path, identity in new.items() if path.parent.name == "Motorbikes"}
    assert bikes <= arrived
    assert not (set(new.values()) - bikes) & arrived


def test_a_library_of_nothing_else_teaches_nothing(library: Library) -> None:
    ids = [_add(library, f"{seed}.png", encode(drawn(seed), "PNG")) for seed in range(3)]
    library.tags.edit(ids, ["all"], [])
    with pytest.raises(InvalidInput, match="nothing to tell it from"):
        library.learner.learn("all")
