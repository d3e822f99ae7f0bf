"""What a job is at, what it came to, or why it broke off: a code with counts, of which each client makes a sentence.

The English one is made here, of the values of both enumerations; ``frontend/src/texts`` has those of the app.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from gallerynet.core.words import counted


class NoteCode(Enum):
    """The value is the English sentence, with the counts and the name that belong in it."""

    # While it runs
    AT_ITEM = "{name}"
    FINDING_ALIKE = "Finding what is alike"
    COMPARING = "Comparing all with all"
    COMPARING_COPIES = "{PAIRS} of duplicates so far"
    READING_ORIGINALS = "Reading originals"
    FINDING_FILES = "{FILES} found."
    MAKING_PLAYABLE = "Making {name} playable: {PERCENT}%"
    ADDING = "Adding {name}"
    ARRANGING = "Making folders and learning tags"
    # What it came to
    REPAIRED = "{ITEMS} repaired."
    REEMBEDDED = "{ITEMS} embedded anew."
    PURGED = "{ITEMS} removed from the trash."
    LINKED = "{LINKS} between alike items found."
    COPIES_FOUND = "{ITEMS} compared, {PAIRS} of duplicates found."
    CHECKED = "{ITEMS} checked"
    IMPORTED = "Nothing to import."
    MADE_PLAYABLE = "{VIDEOS} made playable."
    FILLED = "{PICTURES} added."
    LEARNED = "Learned {name!r}: {ITEMS} tagged."
    LEARNED_THINLY = "Learned {name!r}, and tagged nothing by it yet: its examples do not stand out."
    APPLIED = "Applied {name!r}: {ITEMS} tagged."
    ALL_APPLIED = "Applied {TAGS} to {ITEMS}."
    # Why it broke off
    INTERRUPTED = "It was interrupted: its process ended before its work. Start it again, it goes on from there."
    FAILED_INSIDE = "It failed inside; the server's log says why."


class Counted(Enum):
    """The value is what is counted, in English."""

    ITEMS = "item"
    FILES = "file"
    PICTURES = "picture"
    VIDEOS = "video"
    TAGS = "tag"
    PAIRS = "pair"
    LINKS = "link"
    PERCENT = "percent"
    FAILED = "could not be: see their errors"
    # Of an import
    ADDED = "added"
    KNOWN = "there already"
    SAME_PICTURE = "the same picture is there"
    REJECTED = "rejected"
    # Of a check
    DATABASE = "Faults in the database file"
    MISSING = "Originals missing"
    CHANGED = "Originals changed"
    UNREADABLE = "Originals that cannot be read"
    UNPROCESSED = "Items that could not be processed"
    THUMBNAILS = "Items without thumbnails"
    VECTORS = "Items without the vector they are found by"
    STRAY = "Files that belong to no item"


@dataclass(frozen=True, slots=True)
class Note:
    code: NoteCode
    counts: Mapping[Counted, int] = field(default_factory=dict)
    name: str | None = None  # of the file or the tag that it is about

    def __str__(self) -> str:
        found = [(what, count) for what, count in self.counts.items() if count and what is not Counted.ITEMS]
        if self.code is NoteCode.IMPORTED and found:
            return ", ".join(f"{count} {what.value}" for what, count in found) + "."
        words = {what.name: counted(count, what.value) for what, count in self.counts.items()}
        words["PERCENT"] = str(self.counts.get(Counted.PERCENT, 0))
        sentence = self.code.value.format_map({**words, "name": self.name})
        if self.code is NoteCode.CHECKED:
            flaws = "; ".join(f"{what.value}: {count}" for what, count in found)
            return f"{sentence}. {flaws}." if flaws else f"{sentence}: everything is there."
        failed = self.counts.get(Counted.FAILED)
        return f"{sentence} {failed} {Counted.FAILED.value}." if failed else sentence


def to_json(note: Note | None) -> dict[str, Any] | None:
    if note is None:
        return None
    return {"code": note.code.name, "counts": {what.name: n for what, n in note.counts.items()}, "name": note.name}


def from_json(stored: Mapping[str, Any] | None) -> Note | None:
    if stored is None:
        return None
    counts = {Counted[what]: count for what, count in stored["counts"].items()}
    return Note(NoteCode[stored["code"]], counts, stored["name"])
