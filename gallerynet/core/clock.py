"""Points in time, as the library stores, sorts and serves them.

One spelling everywhere: RFC 3339 in UTC with milliseconds, ``2024-01-15T13:45:30.000Z``. All texts have the same
length, so they compare in the order of time, in Python and in SQL.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NewType

Timestamp = NewType("Timestamp", str)
Clock = Callable[[], Timestamp]


def timestamp(moment: datetime) -> Timestamp:
    """The canonical text of ``moment``; one without a time zone is taken for UTC."""
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return Timestamp(
        f"{aware.year:04d}-{aware.month:02d}-{aware.day:02d}T{aware.hour:02d}:{aware.minute:02d}"
        f":{aware.second:02d}.{aware.microsecond // 1000:03d}Z"
    )


def now() -> Timestamp:
    """The present moment."""
    return timestamp(datetime.now(UTC))


def parse(text: str) -> Timestamp:
    """The canonical form of any RFC 3339 text; raises ValueError for anything else."""
    return timestamp(datetime.fromisoformat(text))


def to_datetime(moment: Timestamp) -> datetime:
    return datetime.fromisoformat(moment)
