"""How the original GalleryNet learns a tag: what ours is compared with.

A linear support vector machine on raw embeddings against the 20 untagged items nearest to the examples and some 30 to
100 at random; what scores above 0 is tagged; Platt's sigmoid, fitted on the training scores, is what it shows.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.svm import SVC

from gallerynet.core.search.index import Vector
from gallerynet.core.tags.learning import Floats, Numbers

HARD, TOO_NEAR = 20, 0.05
FEWEST, MOST, TIMES = 30, 100, 3
OUTLIER = 3.0


@dataclass(frozen=True)
class OriginalTag:
    """Of every picture: tagged above 0."""

    scores: Floats
    confidences: Floats


def learn_as_original(vectors: Vector, positives: Numbers, seed: int) -> OriginalTag:
    """From unit vectors, shape (n, dimensions), and the rows of the examples."""
    kept = _without_outliers(vectors, positives)
    middle = vectors[kept].mean(axis=0)
    middle /= np.linalg.norm(middle)
    others = np.setdiff1d(np.arange(len(vectors)), positives)
    distances = 1 - vectors[others] @ middle
    hard = others[np.argsort(distances, kind="stable")[:HARD]]
    hard = hard[1 - vectors[hard] @ middle > TOO_NEAR]
    wanted = int(np.clip(TIMES * len(kept), FEWEST, MOST))
    drawn = np.random.default_rng(seed).choice(len(vectors), min(wanted, len(vectors)), replace=False)
    negatives = np.concatenate([hard, np.setdiff1d(drawn, np.concatenate([positives, hard]))])
    rows = np.concatenate([kept, negatives])
    labels = np.arange(len(rows)) < len(kept)
    machine = SVC(kernel="linear", C=1.0, class_weight={True: len(negatives) / len(kept), False: 1.0}, tol=1e-2)
    machine.fit(vectors[rows], labels)
    scores: Floats = machine.decision_function(vectors).astype(np.float64)
    seen = np.concatenate([scores[kept], scores[negatives[: len(kept)]]])
    a, b = _platt(seen, np.arange(len(seen)) < len(kept))
    return OriginalTag(scores, expit(-(a * scores + b)))


def _without_outliers(vectors: Vector, positives: Numbers) -> Numbers:
    if len(positives) <= 5:
        return positives
    middle = vectors[positives].mean(axis=0)
    distances = 1 - vectors[positives] @ (middle / np.linalg.norm(middle))
    kept = positives[distances <= OUTLIER * distances.mean()]
    return kept if len(kept) >= 3 else positives


def _platt(scores: Floats, labels: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[float, float]:
    """Platt's sigmoid 1 / (1 + exp(a s + b)), with his targets instead of 0 and 1."""
    right, wrong = int(labels.sum()), int((~labels).sum())
    targets = np.where(labels, (right + 1) / (right + 2), 1 / (wrong + 2))

    def loss(line: Floats) -> float:
        z = line[0] * scores + line[1]
        return float((np.logaddexp(0, z) - (1 - targets) * z).sum())

    found = minimize(loss, np.array([-2.0, 0.0]), method="BFGS")
    return float(found.x[0]), float(found.x[1])
