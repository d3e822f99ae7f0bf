"""What metadata comes to, whoever wrote it; all of it is bounded, since files are strangers' work."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from gallerynet.core.media.model import Camera, DateSource, Location

MAX_ENTRIES = 500
MAX_TEXT = 1_000
MAX_TOTAL = 64 * 2**10  # characters of names and texts together
MAX_KEYWORDS = 100

# A moment that something claims the picture was taken at.
Claim = tuple[datetime, DateSource]


@dataclass(frozen=True)
class Metadata:
    """``exif`` is every entry as text to show, by a name such as ``EXIF FNumber`` or ``XMP dc:title``."""

    exif: dict[str, str] = field(default_factory=dict)
    camera: Camera | None = None
    location: Location | None = None
    dates: tuple[Claim, ...] = ()  # the most trusted first
    words: str | None = None  # titles, captions and keywords: what the item is found by


def shown(text: object) -> str:
    """Without what cannot be seen, and no longer than anyone reads."""
    cleaned = "".join(character for character in str(text) if character.isprintable() or character in "\n\t").strip()
    return cleaned if len(cleaned) <= MAX_TEXT else cleaned[: MAX_TEXT - 1] + "…"


def bounded(entries: Iterable[tuple[str, str]]) -> dict[str, str]:
    """As many of the entries as are kept, by name. The first come first; empty ones are left out."""
    kept: dict[str, str] = {}
    room = MAX_TOTAL
    for name, text in entries:
        size = len(name) + len(text)
        if text and name not in kept and size <= room and len(kept) < MAX_ENTRIES:
            kept[name] = text
            room -= size
    return dict(sorted(kept.items()))


def joined_words(texts: Iterable[str | None]) -> str | None:
    """One text of all that is searched, each once; None of nothing."""
    lines = dict.fromkeys(text for text in texts if text)
    return "\n".join(lines)[: MAX_TOTAL // 4] or None
