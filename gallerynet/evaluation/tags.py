"""Learned tags: how many examples it takes, how right what gets tagged is, and how far the confidence can be believed.

A tag is a label, or five labels joined (a word that means several things). Some of its pictures are given as examples,
all others are unlabelled, as in a library. Every constant of the learner was chosen on the other half of the labels.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from gallerynet.core.tags.learning import Floats, centred
from gallerynet.evaluation.lessons import ANSWERS, ROUNDS, lessons
from gallerynet.evaluation.split import Labelled, halves
from gallerynet.evaluation.table import markdown
from gallerynet.evaluation.tagging import Answer, Library, Truth, original, ours

EXAMPLES = (3, 5, 10, 20, 50)
DRAWS = 5
JOINED = 5  # labels in a wide tag
FEW_LEFT = 4  # pictures of a rare tag besides its examples
LEFT = 5  # pictures that there must be to find, at least
MEANINGLESS = 20  # draws of pictures at random
NOTICED = 0.1  # confidence from which the calibration error counts


@dataclass(frozen=True)
class Marks:
    average_precision: float
    ceiling: float
    precision: float
    recall: float
    f1: float
    overconfidence: float
    calibration: float
    hoped: float


def run(pictures: Labelled, say: Callable[[str], None] = lambda _: None) -> str:
    """The section of ``docs/quality.md``; the same pictures give the same text."""
    _, reported = halves(pictures)
    library = Library.of(reported.vectors)
    names = [str(name) for name in np.unique(reported.labels)]
    single = [reported.labels == name for name in names]
    wide = [np.isin(reported.labels, names[start : start + JOINED]) for start in range(0, len(names), JOINED)]
    parts = []
    for title, tags, few_left in (
        ("Each label a tag", single, None),
        (f"Each label a tag, {FEW_LEFT} pictures besides the examples", single, FEW_LEFT),
        (f"{JOINED} labels joined to one tag", wide, None),
    ):
        say(title)
        rows = list(_rows(library, tags, few_left))
        if rows:
            parts.append(
                f"**{title}** ({len(tags)} tags among {len(library)} pictures, {DRAWS} draws)\n\n"
                + markdown(HEAD, rows)
            )
    say("Pictures at random")
    parts.append("**Examples that have nothing in common** (pictures at random)\n\n" + _meaningless(library))
    say("Twenty answers")
    parts.append(f"**{ANSWERS * ROUNDS} answers**\n\n" + lessons(library, single, wide))
    return "\n\n".join(parts)


TEXT = """TODO"""

HEAD = (
    "examples",
    "",
    "average precision",
    "all labels",
    "precision",
    "recall",
    "F1",
    "confidence less precision",
    "calibration error",
    "precision foretold",
)


def _rows(library: Library, tags: Sequence[Truth], few_left: int | None) -> Iterator[tuple[object, ...]]:
    for count in EXAMPLES:
        usable = [tag for tag in tags if tag.sum() >= count + (few_left or LEFT)]
        if len(usable) < len(tags) / 2:
            continue
        answers: dict[str, list[tuple[Answer, Truth, Truth, Floats]]] = {"original": [], "GalleryNet": []}
        for number, tag in enumerate(usable):
            everything = np.ones(len(library), dtype=bool)
            best = ceiling(library, tag) if few_left is None else None
            for draw in range(DRAWS):
                random = np.random.default_rng([count, number, draw])
                positives = np.sort(random.choice(np.flatnonzero(tag), count, replace=False))
                present = everything.copy()
                if few_left is not None:
                    present[np.setdiff1d(np.flatnonzero(tag), positives)[few_left:]] = False
                unseen = present.copy()
                unseen[positives] = False
                all_labels = ceiling(library, tag, present) if best is None else best
                for name, answer in (
                    ("original", original(library, positives, present, draw)),
                    ("GalleryNet", ours(library, positives, present)),
                ):
                    answers[name].append((answer, tag, unseen, all_labels))
        for name, given in answers.items():
            marks = _marks(given)
            foretold = marks.hoped if name == "GalleryNet" else "-"
            yield (
                count,
                name,
                marks.average_precision,
                marks.ceiling,
                marks.precision,
                marks.recall,
                marks.f1,
                marks.overconfidence,
                marks.calibration,
                foretold,
            )


def ceiling(library: Library, tag: Truth, present: Truth | None = None) -> Floats:
    """Scores by a model that knows every label but those of the fifth that it scores."""
    rows = np.arange(len(library)) if present is None else np.flatnonzero(present)
    units = centred(library.vectors, library.vectors.mean(axis=0))
    model = LogisticRegression(C=10.0, class_weight="balanced", max_iter=1_000)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    scores = np.full(len(library), -np.inf)
    scores[rows] = cross_val_predict(model, units[rows], tag[rows], cv=folds, method="decision_function")
    return scores


def _marks(given: Sequence[tuple[Answer, Truth, Truth, Floats]]) -> Marks:
    """Means over tags and draws; what is said of confidences is over all that was tagged by any."""
    each = []
    for answer, tag, unseen, best in given:
        tagged, truth = answer.tagged[unseen], tag[unseen]
        right = int((tagged & truth).sum())
        each.append(
            (
                average_precision_score(truth, answer.scores[unseen]),
                average_precision_score(truth, best[unseen]),
                right / max(1, int(tagged.sum())),
                right / int(truth.sum()),
                2 * right / int(tagged.sum() + truth.sum()),
            )
        )
    sure = np.concatenate([answer.confidences[unseen] for answer, _, unseen, _ in given])
    truths = np.concatenate([tag[unseen] for _, tag, unseen, _ in given])
    tagged = np.concatenate([answer.tagged[unseen] for answer, _, unseen, _ in given])
    over = float(sure[tagged].mean() - truths[tagged].mean()) if tagged.any() else 0.0
    hopes = [answer.hoped for answer, *_ in given if answer.hoped is not None and answer.tagged.any()]
    average, best_average, precision, recall, f1 = np.mean(each, axis=0).tolist()
    hoped = float(np.mean(hopes)) if hopes else 0.0
    return Marks(average, best_average, precision, recall, f1, over, calibration_error(sure, truths), hoped)


def calibration_error(sure: Floats, truths: Truth) -> float:
    """Expected calibration error over ten steps of confidence, of what the model is at all sure of."""
    noticed = sure >= NOTICED
    step = np.minimum((sure[noticed] * 10).astype(int), 9)
    count = np.bincount(step, minlength=10)
    gap = np.bincount(step, weights=sure[noticed] - truths[noticed], minlength=10)
    return float(np.abs(gap).sum() / max(1, count.sum()))


def _meaningless(library: Library) -> str:
    everything = np.ones(len(library), dtype=bool)
    rows = []
    for count in (size for size in EXAMPLES if size <= len(library) // 10):
        tagged: dict[str, list[int]] = {"original": [], "GalleryNet": []}
        for draw in range(MEANINGLESS):
            drawn = np.random.default_rng([count, draw]).choice(len(library), count, replace=False)
            unseen = everything.copy()
            unseen[drawn] = False
            positives = np.sort(drawn)
            for name, answer in (
                ("original", original(library, positives, everything, draw)),
                ("GalleryNet", ours(library, positives, everything)),
            ):
                tagged[name].append(int((answer.tagged & unseen).sum()))
        rows.append((count, *(float(np.mean(found)) for found in tagged.values())))
    return markdown(("examples", "tagged by the original", "tagged by GalleryNet"), rows)
