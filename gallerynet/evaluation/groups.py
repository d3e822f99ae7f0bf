"""Groups of alike pictures: whether what is together belongs together, and what belongs together is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import v_measure_score

from gallerynet.core.search.forest import Forest
from gallerynet.core.search.index import View
from gallerynet.core.search.likeness import cosine_of
from gallerynet.core.search.linkage import Linkage, refined
from gallerynet.evaluation.split import Labelled, halves

SIMILARITIES = tuple(np.arange(60.0, 98.0, 1.0).tolist())  # percent
TEXT = """
`similarGroups` joins what is alike, and is judged by whether labels stay together: precision and recall are B-cubed
(of a picture's group the part that has its label, and of its label the part that is in its group), then the same of
pairs, and the V-measure. SINGLE takes whatever is linked by a chain of alike pictures; AVERAGE and COMPLETE part such
chains where the pictures are less alike on average, or any two of them are. At the similarity that suits it, chosen
on the other half of the labels, AVERAGE is right most often; at the default of 80 %, which is meant for shots of one
scene, labels are too wide.
"""

HEAD = ("groups", "similarity", "chosen by", "precision", "recall", "F1", "pairs right", "pairs found", "V-measure")

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class GroupQuality:
    """B-cubed means over pictures: the part of a picture's group that is of its class, and the part of its class that
    is in its group; the same of pairs; and the V-measure. A picture in no group is one of its own.
    """

    precision: float
    recall: float
    pairs_right: float
    pairs_found: float
    v_measure: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def group_rows(pictures: Labelled) -> list[tuple[object, ...]]:
    """For each linkage, at the similarity that is best on the other half of the classes, and at the default of 80 %."""
    chosen_by, reported = halves(pictures)
    rows: list[tuple[object, ...]] = []
    for linkage in Linkage:
        best = max(SIMILARITIES, key=lambda percent: group_quality(chosen_by, percent, linkage).f1)
        for percent, reason in ((best, "best F1 of the other half"), (80.0, "default")):
            found = group_quality(reported, percent, linkage)
            measures = (found.precision, found.recall, found.f1, found.pairs_right, found.pairs_found, found.v_measure)
            rows.append((linkage.value, f"{percent:g} %", reason, *measures))
    return rows


def group_quality(pictures: Labelled, percent: float, linkage: Linkage) -> GroupQuality:
    """Of the groups at that similarity."""
    return quality_of(group_numbers(pictures, percent, linkage), np.unique(pictures.labels, return_inverse=True)[1])


def group_numbers(pictures: Labelled, percent: float, linkage: Linkage) -> Numbers:
    """A number for each picture, the same within a group; those in none have one of their own."""
    keys = np.arange(len(pictures.labels))
    view = View(pictures.vectors.shape[1], lambda: iter([(keys, pictures.vectors)]))
    cosine = cosine_of(percent)
    forest = Forest.empty(cosine).following(view, keys, keys[:0], _unwatched)
    numbers = keys + len(keys)
    for number, group in enumerate(refined(forest, view, forest.groups(cosine), cosine, linkage)):
        numbers[group] = number
    return numbers


def quality_of(groups: Numbers, classes: Numbers) -> GroupQuality:
    together = groups[:, np.newaxis] == groups
    alike = classes[:, np.newaxis] == classes
    both = (together & alike).sum(axis=1)
    pairs = int(both.sum()) - len(groups)
    return GroupQuality(
        precision=float((both / together.sum(axis=1)).mean()),
        recall=float((both / alike.sum(axis=1)).mean()),
        pairs_right=pairs / max(1, int(together.sum()) - len(groups)),
        pairs_found=pairs / max(1, int(alike.sum()) - len(groups)),
        v_measure=float(v_measure_score(classes, groups)),
    )


def _unwatched(done: int, total: int) -> None:
    """An evaluation shows no progress."""
