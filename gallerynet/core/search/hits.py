"""From bounds of cosines to the answer of a search."""

import threading
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gallerynet.core.search.index import DECIMALS, Hits, Keys, Page, Vector

Positions = NDArray[np.int64]
HALVED_FROM = 30_000

Exact = Callable[[Positions], Vector]


def choose(
    keys: Keys, rows: Positions, low: Vector, high: Vector, exact: Exact, min_cosine: float, page: Page | None
) -> Hits:
    """The hits among ``rows``, whose cosines lie within ``low`` and ``high``.

    ``keys``, ``low`` and ``high`` are of all rows; ``exact`` gives the cosines of some, and is asked for as few as can
    be: those that the bounds do not place on one side of ``min_cosine``, and those that may be shown.
    """
    least = np.float32(min_cosine)
    rows = rows[high[rows] >= least]
    undecided = low[rows] < least
    if undecided.any():
        undecided[undecided] = exact(rows[undecided]) < least
        rows = rows[~undecided]
    total, before = len(rows), 0
    if page is None or page.after is not None:
        cosines = exact(rows)
    else:
        rows = _leading(rows, low, high, exact, page.first)
        cosines = exact(rows)
    if page is not None and page.after is not None:
        cosine, key = page.after
        later = (cosines < np.float32(cosine)) | ((cosines == np.float32(cosine)) & (keys[rows] > key))
        before = total - int(later.sum())
        rows, cosines = rows[later], cosines[later]
        best = _leading(np.arange(len(rows)), cosines, cosines, lambda chosen: cosines[chosen], page.first)
        rows, cosines = rows[best], cosines[best]
    order = _order(keys[rows], cosines)[: None if page is None else page.first]
    return Hits(keys[rows[order]], cosines[order], total, before)


def _leading(rows: Positions, low: Vector, high: Vector, exact: Exact, count: int) -> Positions:
    """Those of the rows that may be among the ``count`` best."""
    if len(rows) <= count:
        return rows
    guess = rows[np.argpartition(low[rows], len(rows) - count)[-count:]]
    # As good as the worst of any so many rows is what the best so many are at least.
    may_lead: Positions = rows[high[rows] >= exact(np.sort(guess)).min()]
    return may_lead


def _order(keys: Keys, cosines: Vector) -> Positions:
    """Positions by falling cosine, then rising key; both in one number, since that sorts twice as fast."""
    rising = bool((keys[1:] > keys[:-1]).all())
    by_key = np.arange(len(keys)) if rising else np.argsort(keys)
    fallen = np.rint((1 - cosines[by_key].astype(np.float64)) * 10**DECIMALS).astype(np.int64)
    places = (fallen << 32) | np.arange(len(keys))
    _sort(places)
    order: Positions = by_key[places & 0xFFFFFFFF]
    return order


def _sort(numbers: Positions) -> None:
    """In place; long ones as two halves side by side, which the stable sort then merges."""
    if len(numbers) > HALVED_FROM:
        other = threading.Thread(target=numbers[: len(numbers) // 2].sort)
        other.start()
        numbers[len(numbers) // 2 :].sort()
        other.join()
        numbers.sort(kind="stable")
    else:
        numbers.sort()
