"""Learned tags: how many examples it takes, how right what gets tagged is, and how far the confidence can be believed.

A tag is a label, or five labels joined (a word that means several things). Some of its pictures are given as examples,
all others are unlabelled, as in a library. Every constant of the learner was chosen on the other half of the labels.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from gallerynet.core.tags.learning import Floats, centred
from gallerynet.evaluation.aims import Aim, aims_table
from gallerynet.evaluation.lessons import ANSWERS, ROUNDS, WAYS, lessons
from gallerynet.evaluation.split import Labelled, halves
from gallerynet.evaluation.table import markdown
from gallerynet.evaluation.tagging import Answer, Library, Truth, original, ours

EXAMPLES = (3, 5, 10, 20, 50)
DRAWS = 5
JOINED = 5  # labels in a wide tag
FEW_LEFT = 4  # pictures of a rare tag besides its examples
MAY_MISS = {5: 0.03, 10: 0.02}  # of the average precision with all labels, by examples
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
    hoped: float | None


@dataclass(frozen=True)
class Case:
    """A tag with some examples: what was answered, what is true, what counts, and scores by all labels."""

    answer: Answer
    tag: Truth
    unseen: Truth
    all_labels: Floats


@dataclass(frozen=True)
class Scored:
    examples: int
    original: Marks
    ours: Marks


def run(pictures: Labelled, say: Callable[[str], None] = lambda _: None) -> str:
    """The section of ``docs/quality.md``; the same pictures give the same text."""
    _, reported = halves(pictures)
    library = Library.of(reported.vectors)
    names = [str(name) for name in np.unique(reported.labels)]
    single = [reported.labels == name for name in names]
    wide = [np.isin(reported.labels, names[start : start + JOINED]) for start in range(0, len(names), JOINED)]
    kinds = {"each label a tag": single} | ({f"{JOINED} labels joined": wide} if len(wide) > 1 else {})
    common = list(_scored(library, single, None))
    parts = [_table(f"Each label a tag ({len(single)} tags", library, common)]
    say("Rare tags")
    rare = list(_scored(library, single, FEW_LEFT))
    parts.append(_table(f"Rare tags: {FEW_LEFT} pictures besides the examples ({len(single)} tags", library, rare))
    if len(wide) > 1:
        say("Wide tags")
        joined = list(_scored(library, wide, None))
        parts.append(_table(f"Wide tags: {JOINED} labels joined to one ({len(wide)} tags", library, joined))
    say("Pictures at random")
    meaningless = list(_meaningless(library))
    head = ("examples", "tagged by the original", "tagged by GalleryNet")
    parts.append("**Examples that have nothing in common** (pictures at random)\n\n" + markdown(head, meaningless))
    say("Twenty answers")
    taught = lessons(library, kinds)
    rows = [(way, *(found[way] for found in taught.values())) for way in WAYS]
    parts.append(
        f"**Average precision after {ANSWERS * ROUNDS} answers**\n\n" + markdown(("asked about", *kinds), rows)
    )
    return "\n\n".join([aims_table(_aims(common, list(taught.values())[-1])), *parts])


def _aims(common: Sequence[Scored], taught: Mapping[str, float]) -> list[Aim]:
    aims = []
    for one in common:
        ours = one.ours
        if one.examples in MAY_MISS:
            short = ours.ceiling - ours.average_precision
            what = f"average precision below that of all labels, {one.examples} examples"
            aims.append(Aim(what, MAY_MISS[one.examples], short, is_most=True))
        if one.examples == 5:
            aims.append(
                Aim(
                    "F1 of what is tagged, in those of the original, 5 examples",
                    2,
                    ours.f1 / max(one.original.f1, 0.01),
                )
            )
        if one.examples == 10:
            aims.append(Aim("F1 of what is tagged, 10 examples", 0.86, ours.f1))
        what = f"mean confidence of what is tagged from its precision, {one.examples} examples"
        aims.append(Aim(what, 0.1, abs(ours.overconfidence), is_most=True))
    raised = taught["the review queue"] - taught["nothing"]
    return [*aims, Aim("average precision raised by 20 answers, wide tags", 0.1, raised)]


TEXT = f"""
A tag is learned from some of its pictures, and scored on all others. *Original* is the recipe of the first GalleryNet
on the same examples; *all labels* a model that knows every label but those that it scores, which is about what there
is to reach. Average precision judges the order of the pictures; precision, recall and F1 what gets tagged. *Precision
foretold* is what the tag's page tells before anyone has looked. Where so few or so different examples are given that
chance would explain them, nothing is tagged: so wide tags take ten examples and more, and pictures at random hardly
ever tag anything.

Rare tags are told too surely: where two labels look alike and one of them has {FEW_LEFT} pictures left, the other's
pictures are tagged as well, and nothing in the examples says that they are wrong: that takes a user's no.

How the recipe was found, and what was left out: decisions [18](decisions/0018-learned-tags.md) and
[19](decisions/0019-cut.md).
"""

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


def _table(title: str, library: Library, scored: Sequence[Scored]) -> str:
    rows = [
        (one.examples, name, *("-" if mark is None else mark for mark in astuple(marks)))
        for one in scored
        for name, marks in (("original", one.original), ("GalleryNet", one.ours))
    ]
    return f"**{title} among {len(library)} pictures, {DRAWS} draws)**\n\n{markdown(HEAD, rows)}"


def _scored(library: Library, tags: Sequence[Truth], few_left: int | None) -> Iterator[Scored]:
    """For each number of examples that most tags have pictures enough for."""
    for count in EXAMPLES:
        usable = [tag for tag in tags if tag.sum() >= count + (few_left or LEFT)]
        if len(usable) < len(tags) / 2:
            continue
        theirs: list[Case] = []
        own: list[Case] = []
        for number, tag in enumerate(usable):
            everything = np.ones(len(library), dtype=bool)
            best = ceiling(library, tag, everything) if few_left is None else None
            for draw in range(DRAWS):
                random = np.random.default_rng([count, number, draw])
                positives = np.sort(random.choice(np.flatnonzero(tag), count, replace=False))
                present = everything.copy()
                if few_left is not None:
                    present[np.setdiff1d(np.flatnonzero(tag), positives)[few_left:]] = False
                unseen = present.copy()
                unseen[positives] = False
                all_labels = ceiling(library, tag, present) if best is None else best
                theirs.append(Case(original(library, positives, present, draw), tag, unseen, all_labels))
                own.append(Case(ours(library, positives, present), tag, unseen, all_labels))
        yield Scored(count, _marks(theirs), _marks(own))


def ceiling(library: Library, tag: Truth, present: Truth) -> Floats:
    """Scores by a model that knows every label but those of the fifth that it scores."""
    rows = np.flatnonzero(present)
    units = centred(library.vectors, library.vectors.mean(axis=0))
    model = LogisticRegression(C=10.0, class_weight="balanced", max_iter=1_000)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    scores = np.full(len(library), -np.inf)
    scores[rows] = cross_val_predict(model, units[rows], tag[rows], cv=folds, method="decision_function")
    return scores


def _marks(cases: Sequence[Case]) -> Marks:
    """Means over tags and draws; what is said of confidences is over all that was tagged by any."""
    each = []
    for case in cases:
        tagged, truth = case.answer.tagged[case.unseen], case.tag[case.unseen]
        average = average_precision_score(truth, case.answer.scores[case.unseen])
        best = average_precision_score(truth, case.all_labels[case.unseen])
        each.append((average, best, *hits(tagged, truth)))
    sure = np.concatenate([case.answer.confidences[case.unseen] for case in cases])
    truths = np.concatenate([case.tag[case.unseen] for case in cases])
    tagged = np.concatenate([case.answer.tagged[case.unseen] for case in cases])
    over = float(sure[tagged].mean() - truths[tagged].mean()) if tagged.any() else 0.0
    hopes = [case.answer.hoped for case in cases if case.answer.hoped is not None and case.answer.tagged.any()]
    hoped = float(np.mean(hopes)) if hopes else None
    average, best, precision, recall, f1 = np.mean(each, axis=0).tolist()
    return Marks(average, best, precision, recall, f1, over, calibration_error(sure, truths), hoped)


def hits(tagged: Truth, truth: Truth) -> tuple[float, float, float]:
    """Precision, recall and F1; nothing tagged has a precision of 0."""
    right = int((tagged & truth).sum())
    f1 = 2 * right / max(1, int(tagged.sum() + truth.sum()))
    return right / max(1, int(tagged.sum())), right / max(1, int(truth.sum())), f1


def calibration_error(sure: Floats, truths: Truth) -> float:
    """Expected calibration error over ten steps of confidence, of what the model is at all sure of."""
    noticed = sure >= NOTICED
    step = np.minimum((sure[noticed] * 10).astype(int), 9)
    count = np.bincount(step, minlength=10)
    gap = np.bincount(step, weights=sure[noticed] - truths[noticed], minlength=10)
    return float(np.abs(gap).sum() / max(1, count.sum()))


def _meaningless(library: Library) -> Iterator[tuple[int, float, float]]:
    """Numbers of examples, and how many pictures are tagged by them on average."""
    everything = np.ones(len(library), dtype=bool)
    for count in (size for size in EXAMPLES if size <= len(library) // 10):
        theirs, own = [], []
        for draw in range(MEANINGLESS):
            positives = np.sort(np.random.default_rng([count, draw]).choice(len(library), count, replace=False))
            unseen = everything.copy()
            unseen[positives] = False
            theirs.append(int((original(library, positives, everything, draw).tagged & unseen).sum()))
            own.append(int((ours(library, positives, everything).tagged & unseen).sum()))
        yield count, float(np.mean(theirs)), float(np.mean(own))
