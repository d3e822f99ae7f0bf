"""Labelled pictures as a library that tags are learned in: as GalleryNet learns, and as the original does."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gallerynet.core.search.index import Vector
from gallerynet.core.tags.cut import USUAL, at, expected, place_cut
from gallerynet.core.tags.features import OWN_SHARE
from gallerynet.core.tags.learning import Floats, Numbers, centred, learn, near_duplicates
from gallerynet.core.tags.neighbours import LINKS, averaging
from gallerynet.evaluation.original_tags import learn_as_original

Truth = NDArray[np.bool_]


@dataclass(frozen=True)
class Library:
    """Pictures as a gallery has them: they came in some order, and each was linked with those most like it."""

    vectors: Vector
    features: Vector

    @classmethod
    def of(cls, embeddings: Vector, seed: int = 0) -> "Library":
        vectors = _turned(embeddings)
        center = vectors.mean(axis=0)
        units = centred(vectors, center)
        arrived = np.random.default_rng(seed).permutation(len(vectors))
        ends, cosines = [], []
        for place in range(1, len(arrived)):
            item, before = arrived[place], arrived[:place]
            alike = vectors[before] @ vectors[item]
            nearest = np.argsort(-alike, kind="stable")[:LINKS]
            ends += [(item, other) for other in before[nearest]]
            cosines.append(alike[nearest])
        first, second = np.array(ends).T
        means = averaging(len(vectors), first, second, np.concatenate(cosines)) @ units
        return cls(vectors, (OWN_SHARE * units + (1 - OWN_SHARE) * means).astype(np.float32))

    def __len__(self) -> int:
        return len(self.vectors)


def _turned(vectors: Vector) -> Vector:
    """The same vectors in axes of their own span: no more numbers than vectors, and every product as it was."""
    if len(vectors) >= vectors.shape[1]:
        return vectors
    axes = np.linalg.qr(vectors.T.astype(np.float64)).Q
    inside: Vector = (vectors @ axes).astype(np.float32)
    return inside


@dataclass(frozen=True)
class Answer:
    """Of every picture: how it scores, how sure the model is, whether it is tagged."""

    scores: Floats
    confidences: Floats
    tagged: Truth
    middle: float = 0.0
    hoped: float | None = None  # precision


def ours(library: Library, positives: Numbers, present: Truth, rejected: Numbers | None = None) -> Answer:
    """As ``core/tags/learner.py`` does it; ``present`` says which pictures the library holds."""
    rejected = np.empty(0, dtype=np.int64) if rejected is None else rejected
    others = np.setdiff1d(np.flatnonzero(present), positives)
    found = learn(
        library.features[positives],
        library.features[rejected],
        library.features[np.setdiff1d(others, rejected)],
        near_duplicates(library.vectors[positives]),
    )
    scores = (library.features @ found.weights + found.bias).astype(np.float64)
    cut = place_cut(found.held_out, found.outranked, scores[others])
    tagged = (scores > cut.middle) & (not cut.is_thin)
    hoped = at(expected(cut, found.held_out, scores[others]).curve, USUAL)
    return Answer(scores, cut.confidence(scores), tagged, cut.middle, None if hoped is None else hoped.precision)


def original(library: Library, positives: Numbers, present: Truth, seed: int) -> Answer:
    rows = np.flatnonzero(present)
    found = learn_as_original(library.vectors[rows], np.searchsorted(rows, positives), seed)
    scores, confidences = np.full(len(library), -np.inf), np.zeros(len(library))
    scores[rows], confidences[rows] = found.scores, found.confidences
    return Answer(scores, confidences, scores > 0)
