"""From scores to tags: where a model cuts, how sure it is, and what may be expected of the cut.

The unlabelled hold hidden positives, so neither a score of 0 nor a precision counted on them means anything. What can
be relied on is where two groups of scores lie: the bulk of the library, taken from its lower half, which hidden
positives do not reach, and the examples, each scored by a model that had not seen it. All constants were found on one
half of the labels that ``docs/quality.md`` scores; the other half is what it reports.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit, ndtr, ndtri

from gallerynet.core.tags.learning import MIN_EXAMPLES, Floats

SHARE = 0.7  # of the way from the bulk's middle to the examples' mean, with many examples
CAUTION = 0.15  # more of it, divided by the number of examples
STRAY = 0.1  # of what is tagged, the share that the bulk alone would yield
STEEPNESS = 8.5  # of the confidence, over the distance between bulk and examples
ENOUGH = 0.5  # of the held-out examples must reach the cut, or they do not stand out
CHANCE = 0.72  # 2.5 deviations of a share that is drawn at random, which is 1 / sqrt(12): examples must outrank more
MANY = 30  # examples, from which on a tag may be on most of the library
USUAL = 0.5  # the confidence from which items are tagged, unless the user says otherwise
STEPS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
MIN_EXAMPLES_TO_MEASURE = 5

_Q5, _Q25 = ndtri(0.05), ndtri(0.25)


@dataclass(frozen=True)
class Cut:
    """confidence(score) = expit(slope * (score - middle)); the scores themselves mean nothing to anybody."""

    middle: float
    slope: float
    is_thin: bool  # the examples do not stand out: nothing may be tagged by them

    def confidence(self, scores: Floats) -> Floats:
        """0..1, one half at the middle."""
        sure: Floats = expit(self.slope * (scores - self.middle))
        return sure

    def score_at(self, confidence: float) -> float:
        return self.middle + float(logit(confidence)) / self.slope


@dataclass(frozen=True, slots=True)
class CutPoint:
    """What may be expected of tagging from ``min_confidence`` on."""

    min_confidence: float
    tagged_count: int
    precision: float
    recall: float


@dataclass(frozen=True)
class Expected:
    average_precision: float | None  # None with fewer examples than MIN_EXAMPLES_TO_MEASURE
    curve: list[CutPoint]


def place_cut(held_out: Floats, outranked: Floats, library: Floats) -> Cut:
    """From what ``learning.Learned`` tells of the examples and the scores of everything unlabelled; none is empty.

    Examples that have nothing in common outrank half of what is unlabelled, on average, with models that have not seen
    them; what is less unlikely than 1 in 160 by chance tags nothing.
    """
    middle, spread = _bulk(library)
    count, examples = len(held_out), float(held_out.mean())
    gap = max(examples - middle, spread)
    between = middle + (SHARE + CAUTION / count) * (examples - middle)
    cut = max(between, _beyond_chance(library, middle, spread))
    is_no_chance = count >= MANY or float(outranked.mean()) >= 0.5 + CHANCE / np.sqrt(count)
    stands_out = float((held_out > cut).mean()) >= ENOUGH and is_no_chance
    return Cut(cut, STEEPNESS / gap, is_thin=count < MIN_EXAMPLES or not stands_out)


def expected(cut: Cut, held_out: Floats, library: Floats) -> Expected:
    """How well the model tags what is unlabelled, as far as that can be told without labels.

    Precision is the mean confidence of what would be tagged: counted as right or wrong, every positive that the user
    has not tagged yet would make it read too low. Recall is the share of held-out examples that reach the cut.
    """
    sure = np.sort(cut.confidence(library))[::-1]
    total = np.concatenate([[0.0], np.cumsum(sure)])
    known = np.sort(cut.confidence(held_out))
    curve = []
    for step in STEPS:
        tagged = int((sure > step).sum())
        precision = float(total[tagged]) / tagged if tagged else 1.0
        curve.append(CutPoint(step, tagged, precision, float((known > step).mean())))
    above = np.searchsorted(-sure, -known)  # unlabelled items that are ranked above each example
    right = total[above] + np.arange(len(known), 0, -1)
    average = float((right / (above + np.arange(len(known), 0, -1))).mean())
    return Expected(average if len(held_out) >= MIN_EXAMPLES_TO_MEASURE else None, curve)


def at(curve: Sequence[CutPoint], min_confidence: float) -> CutPoint | None:
    """What the curve says of this confidence, between its points."""
    if not curve:
        return None
    steps = [point.min_confidence for point in curve]

    def read(values: Sequence[float]) -> float:
        return float(np.interp(min_confidence, steps, values))

    tagged = read([point.tagged_count for point in curve])
    precision, recall = read([point.precision for point in curve]), read([point.recall for point in curve])
    return CutPoint(min_confidence, round(tagged), precision, recall)


def _beyond_chance(scores: Floats, middle: float, spread: float) -> float:
    """The lowest cut above which no more than STRAY of the items are to be expected of the bulk alone.

    Benjamini and Hochberg's rule: whatever the library's size, it asks how many stray against how many there are.
    """
    falling = np.sort(scores)[::-1]
    strays = len(scores) * ndtr((middle - falling) / spread)
    found = np.flatnonzero(strays <= STRAY * np.arange(1, len(scores) + 1))
    return float(np.nextafter(falling[found[-1]], -np.inf)) if len(found) else float(falling[0])


def _bulk(scores: Floats) -> tuple[float, float]:
    """Middle and spread of a normal distribution that fits the lower half of the scores."""
    low, quarter = np.quantile(scores, [0.05, 0.25])
    spread = max(float(quarter - low) / (_Q25 - _Q5), 1e-3)
    return float(quarter) - float(_Q25) * spread, spread
