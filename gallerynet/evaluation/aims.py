"""What was aimed at, beside what was measured."""

from collections.abc import Sequence
from dataclasses import dataclass

from gallerynet.evaluation.table import markdown


@dataclass(frozen=True)
class Aim:
    """``measured`` is to be ``wanted`` or more; or less, where ``is_most``."""

    what: str
    wanted: float
    measured: float
    is_most: bool = False

    @property
    def verdict(self) -> str:
        short = self.measured - self.wanted if self.is_most else self.wanted - self.measured
        return f"missed by {_number(short)}" if short > 1e-9 else "met"


def aims_table(aims: Sequence[Aim]) -> str:
    rows = [
        (
            aim.what,
            f"{'at most' if aim.is_most else 'at least'} {_number(aim.wanted)}",
            _number(aim.measured),
            aim.verdict,
        )
        for aim in aims
    ]
    return markdown(("aim", "wanted", "measured", ""), rows)


def _number(value: float) -> str:
    """Two decimals, or three where two would say nothing; whole numbers without any."""
    if value == round(value):
        return f"{value:.0f}"
    return f"{value:.3f}" if abs(value) < 0.1 else f"{value:.2f}"
