"""What became of the files of an import."""

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from gallerynet.core.job_notes import Counted, Note, NoteCode

CANCELLED = "Cancelled."


class Fate(Enum):
    ADDED = Counted.ADDED.value
    KNOWN = Counted.KNOWN.value
    SAME_PICTURE = Counted.SAME_PICTURE.value
    REJECTED = Counted.REJECTED.value


@dataclass(frozen=True, slots=True)
class Outcome:
    path: Path
    fate: Fate
    reason: str | None = None  # of what was not taken, in words for the user


@dataclass
class Report:
    """Counts of all files; those that were not taken by name, since somebody wants to look at them."""

    counts: Counter[Fate] = field(default_factory=Counter)
    not_taken: list[Outcome] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)  # files that are no pictures, by extension
    stopped: str | None = None  # why it ended before its end

    def note(self, outcome: Outcome) -> None:
        self.counts[outcome.fate] += 1
        if outcome.fate in (Fate.REJECTED, Fate.SAME_PICTURE):
            self.not_taken.append(outcome)

    @property
    def is_clean(self) -> bool:
        return self.stopped is None and not self.counts[Fate.REJECTED]

    def of(self, fate: Fate) -> list[Outcome]:
        """Those that were not taken for that reason, by path, in whichever order they ended."""
        return sorted((one for one in self.not_taken if one.fate is fate), key=lambda one: one.path)

    def summary(self) -> Note:
        return Note(NoteCode.IMPORTED, {Counted(fate.value): self.counts[fate] for fate in Fate if self.counts[fate]})
