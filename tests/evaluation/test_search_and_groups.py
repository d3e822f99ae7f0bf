import numpy as np
import pytest
from sklearn.metrics import v_measure_score

from gallerynet.core.search.linkage import Linkage
from gallerynet.evaluation import groups, search
from gallerynet.evaluation.groups import group_quality, group_rows, quality_of
from gallerynet.evaluation.search import search_quality, search_rows
from gallerynet.evaluation.split import Labelled, halves
from gallerynet.evaluation.table import markdown


def _classes(spread: float, classes: int = 6, each: int = 8) -> Labelled:
    random = np.random.default_rng(3)
    centers = random.standard_normal((classes, 32))
    vectors = np.repeat(centers, each, axis=0) + spread * random.standard_normal((classes * each, 32))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Labelled(vectors.astype(np.float32), np.repeat([f"class {number}" for number in range(classes)], each))


def test_the_halves_share_no_class() -> None:
    chosen_by, reported = halves(_classes(0.1))
    assert set(chosen_by.labels) == {"class 0", "class 2", "class 4"}
    assert set(reported.labels) == {"class 1", "class 3", "class 5"}
    assert len(chosen_by.vectors) == len(chosen_by.labels) == 24


def test_classes_that_lie_apart_are_found_and_grouped_without_a_fault() -> None:
    apart = _classes(0.05)
    found = search_quality(apart)
    assert found.at_1 == 1
    assert found.at_10 == pytest.approx(0.7)  # a picture has seven others of its class
    assert found.mean_average_precision == 1
    for linkage in Linkage:
        quality = group_quality(apart, 90, linkage)
        assert (quality.precision, quality.recall, quality.f1, quality.v_measure) == pytest.approx((1, 1, 1, 1))
        assert (quality.pairs_right, quality.pairs_found) == (1, 1)


def test_average_precision_is_that_of_the_ranking() -> None:
    angles = np.radians([0, 10, 20, 30])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    found = search_quality(Labelled(vectors, np.array(["a", "b", "a", "b"])))
    assert found.at_1 == 0
    # Ranks of the one other of the class: 2, then 3 or 2 by the tie of two at 10 degrees, and so on.
    assert found.mean_average_precision == pytest.approx(np.mean([1 / 2, 1 / 3, 1 / 3, 1 / 2]), abs=0.01)


def test_measures_of_groups_are_those_of_their_definitions() -> None:
    made, classes = np.array([0, 0, 0, 1, 2]), np.array([0, 0, 1, 1, 1])
    found = quality_of(made, classes)
    assert found.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert found.recall == pytest.approx((1 + 1 + 1 / 3 + 1 / 3 + 1 / 3) / 5)
    assert found.pairs_right == pytest.approx(1 / 3)
    assert found.pairs_found == pytest.approx(1 / 4)
    assert found.v_measure == pytest.approx(v_measure_score(classes, made))


def test_rows_fit_their_heads_and_make_a_table() -> None:
    pictures = _classes(0.4)
    for head, rows in ((search.HEAD, search_rows(pictures)), (groups.HEAD, group_rows(pictures))):
        assert all(len(row) == len(head) for row in rows)
        lines = markdown(head, rows).splitlines()
        assert len(lines) == len(rows) + 2
        assert all(line.count("|") == len(head) + 1 for line in lines)
    chosen = {row[0]: row for row in group_rows(pictures) if row[2] != "default"}
    assert float(str(chosen["AVERAGE"][5])) >= float(str(chosen["SINGLE"][5]))
