"""Measures, on values that were worked out by hand."""

import numpy as np
import pytest

from gallerynet.core.tags.cut import place_cut
from gallerynet.evaluation.aims import Aim, aims_table
from gallerynet.evaluation.tagging import Library
from gallerynet.evaluation.tags import calibration_error, ceiling, hits


def test_precision_recall_and_f1() -> None:
    tagged = np.array([True, True, True, False, False])
    truth = np.array([True, False, True, True, True])
    assert hits(tagged, truth) == pytest.approx((2 / 3, 2 / 4, 4 / 7))
    assert hits(np.zeros(5, dtype=bool), truth) == (0, 0, 0)


def test_calibration_error_is_the_gap_of_each_step_weighted_by_its_size() -> None:
    sure = np.array([0.95, 0.95, 0.55, 0.55, 0.02])  # the last is under what counts
    truths = np.array([True, True, True, False, True])
    assert calibration_error(sure, truths) == pytest.approx((2 * 0.05 + 2 * 0.05) / 4)
    assert calibration_error(sure[:0], truths[:0]) == 0


def test_all_labels_score_what_they_have_not_seen() -> None:
    random = np.random.default_rng(1)
    vectors = random.standard_normal((40, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    library = Library.of(vectors)
    present = np.ones(40, dtype=bool)
    present[-5:] = False
    scores = ceiling(library, np.arange(40) % 2 == 0, present)
    assert np.isfinite(scores[:-5]).all()
    assert (scores[-5:] == -np.inf).all()
    # Labels that mean nothing cannot be told: with its own label seen, each would be right.
    assert ((scores[:-5] > 0) == (np.arange(35) % 2 == 0)).mean() < 0.8


def test_a_library_in_axes_of_its_own_is_the_same_library() -> None:
    random = np.random.default_rng(2)
    vectors = random.standard_normal((20, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    library = Library.of(vectors)
    assert library.vectors.shape == (20, 20)
    assert np.allclose(library.vectors @ library.vectors.T, vectors @ vectors.T, atol=1e-5)


def test_aims_say_what_is_missing() -> None:
    assert Aim("recall", 97, 97.0).verdict == "met"
    assert Aim("recall", 97, 96.25).verdict == "missed by 0.75"
    assert Aim("mistakes", 0, 2, is_most=True).verdict == "missed by 2"
    assert Aim("gap", 0.1, 0.125, is_most=True).verdict == "missed by 0.025"
    assert "| gap | at most 0.10 | 0.12 | missed by 0.025 |" in aims_table([Aim("gap", 0.1, 0.125, is_most=True)])


def test_what_outranks_no_more_than_chance_would_is_thin() -> None:
    library = np.random.default_rng(3).normal(-3, 0.4, 500)
    held_out = np.full(8, 1.0)
    assert not place_cut(held_out, np.full(8, 0.9), library).is_thin
    assert place_cut(held_out, np.full(8, 0.7), library).is_thin
    assert not place_cut(np.full(40, 1.0), np.full(40, 0.5), library).is_thin  # a tag on most of the library
