"""Learning what a tag means from a few examples: the arithmetic, without a database.

Features are embeddings about the library's mean, brought back to unit length. The model is a logistic regression,
balanced and regularised, of the examples against a sample of everything unlabelled and all that the user rejected.
Where it cuts comes from scores of examples that it had not seen: the unlabelled hold hidden positives, so neither a
score of 0 nor a probability of one half means anything by itself.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedKFold

from gallerynet.core.search.index import Vector

Floats = NDArray[np.float64]

MIN_EXAMPLES = 3
MIN_EXAMPLES_TO_MEASURE = 5
UNLABELLED_SAMPLE = 1_500
REGULARISATION = 0.5  # scikit-learn's C
SLOPE = 1.5  # of the confidence, per unit of score
PRIOR_EXAMPLES = 10  # with as many, half of the cut follows the examples' own scores
FOLDS = 3
SEED = 20_240_115


@dataclass(frozen=True)
class Measures:
    """Of examples against the unlabelled sample, each scored by a model that had not seen it."""

    average_precision: float
    precision: float
    recall: float


@dataclass(frozen=True)
class LinearTagModel:
    """score(x) = weights . unit(x - center) + bias; carries the tag if above the threshold.

    The confidence is Platt's 1 / (1 + exp(a score + b)), one half at the threshold.
    """

    weights: Floats  # (dimensions,)
    bias: float
    center: Vector  # (dimensions,)
    threshold: float
    measures: Measures | None

    @property
    def platt_a(self) -> float:
        return -SLOPE

    @property
    def platt_b(self) -> float:
        return SLOPE * self.threshold

    def scores(self, vectors: Vector) -> Floats:
        """Of unit vectors, shape (n, dimensions)."""
        return (centred(vectors, self.center) @ self.weights.astype(np.float32)).astype(np.float64) + self.bias

    def confidence(self, scores: Floats) -> Floats:
        return 1 / (1 + np.exp(np.clip(self.platt_a * scores + self.platt_b, -500, 500)))


def centred(vectors: Vector, center: Vector) -> Vector:
    """Unit vectors seen from the centre. What coincides with the centre stays zero."""
    moved = vectors - center
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    unit: Vector = moved / np.maximum(lengths, np.float32(1e-6))
    return unit


def fit(positives: Vector, negatives: Vector, center: Vector) -> LinearTagModel:
    """Learns from MIN_EXAMPLES or more positives, shape (n, dimensions), and at least one negative.

    The same input gives the same model.
    """
    features = centred(np.concatenate([positives, negatives]), center)
    labels = np.concatenate([np.ones(len(positives), dtype=bool), np.zeros(len(negatives), dtype=bool)])
    held_out = _out_of_fold_scores(features, labels)
    threshold = _threshold(held_out[labels])
    weights, bias = _regression(features, labels)
    measures = _measures(labels, held_out, threshold) if len(positives) >= MIN_EXAMPLES_TO_MEASURE else None
    return LinearTagModel(weights, bias, center, threshold, measures)


def sample_unlabelled(keys: NDArray[np.int64], count: int = UNLABELLED_SAMPLE) -> NDArray[np.int64]:
    """Up to ``count`` of the keys, drawn the same way each time."""
    if len(keys) <= count:
        return keys
    drawn = np.random.default_rng(SEED).choice(len(keys), size=count, replace=False)
    return keys[np.sort(drawn)]


def most_telling(distances: Floats, features: Vector, count: int, pool: int = 8) -> NDArray[np.int64]:
    """Rows to ask the user about: near the cut, and unlike each other.

    ``distances`` are scores less the threshold, shape (n,); ``features`` unit vectors, shape (n, dimensions). Of the
    ``pool * count`` rows nearest to the cut it takes the nearest, then each time the one farthest from those taken.
    """
    near = np.argsort(np.abs(distances), kind="stable")[: pool * count]
    if len(near) <= count:
        return near
    taken = [0]
    closest = features[near] @ features[near[0]]
    while len(taken) < count:
        following = int(np.argmin(closest))
        taken.append(following)
        closest = np.maximum(closest, features[near] @ features[near[following]])
    rows: NDArray[np.int64] = near[np.sort(taken)]
    return rows


def _regression(features: Vector, labels: NDArray[np.bool_]) -> tuple[Floats, float]:
    regression = LogisticRegression(C=REGULARISATION, class_weight="balanced", max_iter=1_000)
    regression.fit(features, labels)
    return regression.coef_[0].astype(np.float64), float(regression.intercept_[0])


def _out_of_fold_scores(features: Vector, labels: NDArray[np.bool_]) -> Floats:
    """Scores by models that had not seen the row; where negatives are too few to split, by one that had."""
    scores = np.zeros(len(labels))
    if (~labels).sum() < FOLDS:
        negatives = np.flatnonzero(~labels)
        positive_folds = np.array_split(np.flatnonzero(labels), FOLDS)
        splits = [(np.setdiff1d(np.arange(len(labels)), fold), fold) for fold in positive_folds]
        splits.append((np.arange(len(labels)), negatives))
    else:
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
        splits = list(folds.split(features, labels))
    for seen, unseen in splits:
        weights, bias = _regression(features[seen], labels[seen])
        scores[unseen] = features[unseen] @ weights + bias
    return scores


def _threshold(held_out_positives: Floats) -> float:
    """Between the cut that few examples allow and the one that many do.

    Few: never above 0, nor above the middle of the examples. Many: half of their median score. Found on real labelled
    pictures (docs/quality.md).
    """
    middle = float(np.median(held_out_positives))
    weight = len(held_out_positives) / (len(held_out_positives) + PRIOR_EXAMPLES)
    return (1 - weight) * min(0.0, middle) + weight * max(0.0, middle / 2)


def _measures(labels: NDArray[np.bool_], scores: Floats, threshold: float) -> Measures:
    tagged = scores > threshold
    right = int((tagged & labels).sum())
    return Measures(
        average_precision=float(average_precision_score(labels, scores)),
        precision=right / max(1, int(tagged.sum())),
        recall=right / int(labels.sum()),
    )
