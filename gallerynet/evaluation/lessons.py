"""What answers teach: a user who answers questions about a tag, simulated with the labels."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import average_precision_score

from gallerynet.core.tags.learning import Numbers
from gallerynet.core.tags.questions import POOL, choose, unit
from gallerynet.evaluation.tagging import Answer, Library, Truth, ours

EXAMPLES = 3  # to begin with
ANSWERS, ROUNDS = 5, 4  # the tag is learned anew after each round
DRAWS = 5


@dataclass(frozen=True)
class State:
    """What is known when questions are chosen; rows of the library that were answered and that may be asked about."""

    library: Library
    answer: Answer
    rest: Numbers
    answered: Numbers
    random: np.random.Generator


Asking = Callable[[State], Numbers]


def lessons(library: Library, kinds: Mapping[str, Sequence[Truth]]) -> dict[str, dict[str, float]]:
    """Average precision on a half of the pictures that is never asked about, by kind of tags and way of asking."""
    return {
        kind: {
            way: float(
                np.mean(
                    [
                        _lesson(library, tag, asking, np.random.default_rng([number, draw]))
                        for number, tag in enumerate(tags)
                        for draw in range(DRAWS)
                    ]
                )
            )
            for way, asking in WAYS.items()
        }
        for kind, tags in kinds.items()
    }


def _lesson(library: Library, tag: Truth, asking: Asking | None, random: np.random.Generator) -> float:
    kept = np.zeros(len(library), dtype=bool)
    for part in (np.flatnonzero(tag), np.flatnonzero(~tag)):
        kept[random.permutation(part)[: len(part) // 2]] = True
    everything, may_ask = np.ones(len(library), dtype=bool), np.flatnonzero(~kept)
    positives = np.sort(random.choice(may_ask[tag[may_ask]], EXAMPLES, replace=False))
    rejected = np.empty(0, dtype=np.int64)
    for _ in range(ROUNDS if asking else 0):
        answer = ours(library, positives, everything, rejected)
        answered = np.concatenate([positives, rejected])
        rest = np.setdiff1d(may_ask, answered)
        questions = asking(State(library, answer, rest, answered, random)) if asking else rejected
        positives = np.sort(np.concatenate([positives, questions[tag[questions]]]))
        rejected = np.sort(np.concatenate([rejected, questions[~tag[questions]]]))
    return float(average_precision_score(tag[kept], ours(library, positives, everything, rejected).scores[kept]))


def _at_random(state: State) -> Numbers:
    return state.random.permutation(state.rest)[:ANSWERS]


def _most_certain(state: State) -> Numbers:
    return state.rest[np.argsort(-state.answer.scores[state.rest], kind="stable")[:ANSWERS]]


def _queue(state: State) -> Numbers:
    """As ``core/tags/questions.py`` asks."""
    distances = state.answer.scores - state.answer.middle
    near = state.rest[np.argsort(np.abs(distances[state.rest]), kind="stable")[: POOL * ANSWERS]]
    features = unit(state.library.features)
    return near[choose(distances[near], features[near], features[state.answered], ANSWERS)]


WAYS: dict[str, Asking | None] = {
    "nothing": None,
    "pictures at random": _at_random,
    "the most certain": _most_certain,
    "the review queue": _queue,
}
