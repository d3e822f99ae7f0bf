"""Names of files in an archive: unique, and fit for every system that may unpack it."""

import re
import unicodedata

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$", re.IGNORECASE)
MAX_BYTES = 200


def portable(name: str) -> str:
    """``name`` as Windows, macOS and Linux all take it, as one path segment."""
    cleaned = FORBIDDEN.sub("_", unicodedata.normalize("NFC", name)).strip().rstrip(". ")
    if not cleaned or not cleaned.strip("."):
        cleaned = "unnamed"
    if RESERVED.match(cleaned):
        cleaned = f"_{cleaned}"
    stem, dot, extension = cleaned.rpartition(".")
    if not dot or len(extension.encode()) > 20:
        stem, extension = cleaned, ""
    room = MAX_BYTES - len((dot and extension and f".{extension}").encode())
    while len(stem.encode()) > room:
        stem = stem[:-1]
    return f"{stem}.{extension}" if extension else stem


class UniqueNames:
    """Gives each file a name that no other has, whatever a system makes of upper and lower case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, name: str) -> str:
        wanted = portable(name)
        stem, dot, extension = wanted.rpartition(".")
        if not dot:
            stem, extension = wanted, ""
        candidate, number = wanted, 1
        while candidate.casefold() in self._taken:
            number += 1
            candidate = f"{stem} ({number}){dot}{extension}"
        self._taken.add(candidate.casefold())
        return candidate
