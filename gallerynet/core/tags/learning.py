"""Learning what a tag means from a few examples: the arithmetic, without a database.

A feature is an embedding about the library's mean, brought back to unit length, half of it replaced by the mean of its
likeness neighbours: what an item shows is told by those that it lies among, as well as by itself. The model is a
logistic regression, balanced and regularised, of the examples against a sample of everything unlabelled and all that
the user rejected. Since a feature is a mean, a score is one too: half the item's own, half its neighbours'.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.special import expit
from threadpoolctl import ThreadpoolController

from gallerynet.core.search.index import Vector

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]

MIN_EXAMPLES = 3
STRENGTH = 800.0  # of the data of one class against the regularisation; scikit-learn's C times its sum of weights
FOLDS = 5
SAME = 0.97  # cosine from which two examples count as one: copies, frames of a burst
SEED = 20_240_115
STEPS = 60
PRECISION = 1e-4  # of the regression's objective, relative

_products = ThreadpoolController()


@dataclass(frozen=True)
class Hyperplane:
    """score(x) = weights . unit(x - center) + bias, before neighbours have their say."""

    weights: Vector  # (dimensions,)
    bias: float
    center: Vector  # (dimensions,)

    def scores(self, vectors: Vector) -> Vector:
        """Of unit vectors, shape (n, dimensions). Nothing of their size is copied."""
        return own_scores(vectors, [self])[:, 0]


@dataclass(frozen=True)
class Learned:
    """Weights and bias of a hyperplane, and of each distinct example how a model judges it that had not seen it:
    its score, and the share of the unlabelled, not seen either, that it outranks.
    """

    weights: Vector
    bias: float
    held_out: Floats
    outranked: Floats


def centred(vectors: Vector, center: Vector) -> Vector:
    """Unit vectors seen from the centre. What coincides with the centre stays zero."""
    moved = vectors - center
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    unit: Vector = moved / np.maximum(lengths, np.float32(1e-6))
    return unit


def own_scores(vectors: Vector, planes: Sequence[Hyperplane]) -> Vector:
    """Of unit vectors by each of the hyperplanes, shape (n, len(planes))."""
    weights = np.stack([plane.weights for plane in planes], axis=1)
    centers = np.stack([plane.center for plane in planes], axis=1)
    products = vectors @ np.concatenate([weights, centers], axis=1)
    along, beside = products[:, : len(planes)], products[:, len(planes) :]
    # |x - c| of a unit vector x is the root of 1 - 2 x.c + c.c; (x - c).w is x.w - c.w.
    lengths = np.sqrt(np.maximum(1 - 2 * beside + (centers**2).sum(axis=0), np.float32(1e-12)))
    biases = np.array([plane.bias for plane in planes], dtype=np.float32)
    scores: Vector = (along - (centers * weights).sum(axis=0)) / lengths + biases
    return scores


def learn(positives: Vector, rejected: Vector, unlabelled: Vector, copies: Numbers) -> Learned:
    """Learns from features, each of shape (n, dimensions); there is at least one negative of one kind.

    ``copies`` names for each positive its group of near-duplicates (``near_duplicates``): a group counts as one
    example, and is held out as one. The same input gives the same model.
    """
    features = np.concatenate([positives, rejected, unlabelled])
    count, groups = len(positives), int(copies.max()) + 1
    known = count + len(rejected)
    folds = min(FOLDS, groups)
    held_out, aside = _folds(groups, folds)[copies], _folds(len(unlabelled), folds)  # by which model it is not seen
    models = np.arange(folds + 1)  # the last one sees everything
    shares = np.zeros((len(features), folds + 1))
    shares[:count] = (1 / np.bincount(copies))[copies][:, np.newaxis] * (held_out[:, np.newaxis] != models)
    shares[known:] = aside[:, np.newaxis] != models
    for part in (slice(count), slice(known, None)):
        shares[part] /= np.maximum(shares[part].sum(axis=0), 1)
    shares[count:known] = 1 / groups  # a no weighs like a yes
    weights, biases = _regressions(features, count, STRENGTH * shares)
    scores = (features @ weights + biases).astype(np.float64)
    unseen, outranked = np.zeros(groups), np.ones(groups)
    for group in range(groups):
        inside = np.flatnonzero(copies == group)
        model = held_out[inside[0]]
        unseen[group] = scores[inside, model].mean()
        if (aside == model).any():
            outranked[group] = (scores[known:][aside == model, model] < unseen[group]).mean()
    return Learned(weights[:, -1].copy(), float(biases[-1]), unseen, outranked)


def near_duplicates(vectors: Vector) -> Numbers:
    """For each of these unit vectors the number of its group of near-duplicates, from 0."""
    alike = csr_array(vectors @ vectors.T >= SAME)
    groups: Numbers = connected_components(alike, directed=False)[1].astype(np.int64)
    return groups


def farthest_first(features: Vector, count: int, apart_from: Vector, too_alike: float) -> Numbers:
    """Rows of unit vectors, of most interest first: the first, then each time the one least like those taken.

    Rows closer than ``too_alike`` to one taken, or to one of ``apart_from``, are passed over.
    """
    closest = (features @ apart_from.T).max(axis=1, initial=-1.0)
    taken: list[int] = []
    while len(taken) < min(count, len(features)):
        following = int(np.argmin(closest)) if taken else int(np.argmax(closest < too_alike))
        if closest[following] >= too_alike:
            break
        taken.append(following)
        closest = np.maximum(closest, features @ features[following])
        closest[following] = np.inf
    return np.array(taken, dtype=np.int64)


def _folds(count: int, folds: int) -> Numbers:
    """The fold of each of so many, drawn the same each time."""
    return np.random.default_rng(SEED).permutation(count) % folds


def _regressions(features: Vector, positives: int, weights: Floats) -> tuple[Vector, Vector]:
    """Logistic regressions side by side, one for each column of ``weights``; the first rows are the positives.

    Each minimises |w|^2 / 2 + sum of weight * log(1 + exp(-y score)). They share their data, so one matrix product
    serves them all. Returns weights of shape (dimensions, columns) and biases of shape (columns,).
    """
    dimensions, columns = features.shape[1], weights.shape[1]
    signs = np.where(np.arange(len(features)) < positives, 1.0, -1.0)[:, np.newaxis]

    def objective(flat: Floats) -> tuple[float, Floats]:
        plane = flat.reshape(dimensions + 1, columns)
        margins = signs * (features @ plane[:-1].astype(np.float32) + plane[-1])
        slopes = -signs * weights * expit(-margins)
        gradient = np.empty_like(plane)
        gradient[:-1] = plane[:-1] + features.T @ slopes.astype(np.float32)
        gradient[-1] = slopes.sum(axis=0)
        loss = 0.5 * (plane[:-1] ** 2).sum() + (weights * np.logaddexp(0, -margins)).sum()
        return float(loss), gradient.ravel()

    options = {"maxiter": STEPS, "ftol": PRECISION, "gtol": 1e-6}
    # Its many small products are done before threads would have met; where others use the cores, five times as fast.
    with _products.limit(limits=1, user_api="blas"):
        found = minimize(objective, np.zeros((dimensions + 1) * columns), jac=True, method="L-BFGS-B", options=options)
    plane = found.x.reshape(dimensions + 1, columns).astype(np.float32)
    return plane[:-1], plane[-1]
