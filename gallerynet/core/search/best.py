"""Which item of a group to keep, and why."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any

import sqlalchemy as sa

from gallerynet.core.database.tables import favorites, media
from gallerynet.core.search.groups import Group
from gallerynet.core.search.moments import Moment


class Criterion(Enum):
    FAVORITE = "FAVORITE"
    PIXELS = "PIXELS"
    SHARPNESS = "SHARPNESS"
    FILE_SIZE = "FILE_SIZE"
    DATE = "DATE"


# Of copies, the original has most pixels, then detail, then bytes, and is oldest. Of shots of one moment the user's
# favourite counts, then the sharpest; but a small copy of one, which looks sharp for its size, is no shot to keep: of
# their pixels the power of two counts.
OF_COPIES = (Criterion.PIXELS, Criterion.SHARPNESS, Criterion.FILE_SIZE, Criterion.DATE)
OF_SHOTS = (Criterion.FAVORITE, Criterion.PIXELS, Criterion.SHARPNESS, Criterion.FILE_SIZE, Criterion.DATE)


@dataclass(frozen=True, slots=True)
class Reason:
    """How the best item compares with the others by one criterion, in words; ``is_decisive`` where it is the first by
    which it is ahead of all that it was not ahead of yet."""

    criterion: Criterion
    best: str
    others: str
    is_ahead: bool
    is_decisive: bool


@dataclass(frozen=True, slots=True)
class Best:
    key: int
    reasons: list[Reason]


def explain(connection: sa.Connection, groups: Sequence[Group], order: Sequence[Criterion]) -> dict[Group, Best]:
    """For each group the item to keep, and what speaks for it; groups without items are left out."""
    keys = [key for group in groups for key in group.keys]
    # As one text: a statement takes some thousand parameters only.
    wanted = sa.select(sa.func.json_each(json.dumps(keys)).table_valued("value").c.value)
    columns = ("key", "width", "height", "sharpness", "size_bytes", "original_date")
    query: sa.Select[Any] = sa.select(*(media.c[name] for name in columns), favorites.c.media_id.label("favorite"))
    query = query.outerjoin_from(media, favorites, favorites.c.media_id == media.c.id).where(media.c.key.in_(wanted))
    rows = {row.key: row for row in connection.execute(query)}
    rank = partial(_rank, is_shot=order is OF_SHOTS)
    found = {}
    for group in groups:
        members = [rows[key] for key in group.keys if key in rows]
        if members:
            members.sort(key=lambda row: [*(rank(row, criterion) for criterion in order), row.key])
            found[group] = Best(members[0].key, _reasons(members, order, rank))
    return found


def best_of(connection: sa.Connection, groups: Sequence[Group]) -> dict[Group, Best]:
    """The best shot of each moment, the best copy of each other group."""
    shots = [group for group in groups if isinstance(group, Moment)]
    copies = [group for group in groups if not isinstance(group, Moment)]
    return explain(connection, shots, OF_SHOTS) | explain(connection, copies, OF_COPIES)


def _reasons(
    members: Sequence[sa.Row[Any]], order: Sequence[Criterion], rank: Callable[[sa.Row[Any], Criterion], Any]
) -> list[Reason]:
    """``members`` are ordered, the best first."""
    best, others = members[0], list(members[1:])
    level = others  # those that nothing has set apart yet
    reasons = []
    for criterion in order:
        worse = [row for row in level if rank(row, criterion) > rank(best, criterion)]
        runner_up = min(others, key=lambda row: rank(row, criterion), default=None)
        reasons.append(
            Reason(
                criterion,
                _words(best, criterion),
                "" if runner_up is None else _words(runner_up, criterion),
                is_ahead=runner_up is not None and rank(best, criterion) < rank(runner_up, criterion),
                is_decisive=bool(worse) and len(worse) == len(level),
            )
        )
        level = [row for row in level if row not in worse]
    return reasons


def _rank(row: sa.Row[Any], criterion: Criterion, *, is_shot: bool) -> Any:
    """Lower is better."""
    if criterion is Criterion.FAVORITE:
        return row.favorite is None
    if criterion is Criterion.PIXELS:
        pixels: int = (row.width or 0) * (row.height or 0)
        return -(pixels.bit_length() if is_shot else pixels)
    if criterion is Criterion.SHARPNESS:
        return -(row.sharpness or 0.0)
    return -row.size_bytes if criterion is Criterion.FILE_SIZE else row.original_date


def _words(row: sa.Row[Any], criterion: Criterion) -> str:
    if criterion is Criterion.FAVORITE:
        return "favourite" if row.favorite is not None else "no favourite"
    if criterion is Criterion.PIXELS:
        return f"{row.width or 0} x {row.height or 0}"
    if criterion is Criterion.SHARPNESS:
        return "unknown" if row.sharpness is None else f"{row.sharpness:.3f}"
    return f"{row.size_bytes} bytes" if criterion is Criterion.FILE_SIZE else str(row.original_date)
