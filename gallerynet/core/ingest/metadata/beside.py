"""What lies beside a file: the word of its owner, which comes before the file's own.

Keywords become tags and five stars a favourite only from here. What is written inside a file is anyone's: a picture
from a stock agency comes with fifty keywords, so those are searched and shown, and tag nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from gallerynet.core.ingest.metadata.model import Claim, Metadata, bounded, joined_words, shown
from gallerynet.core.ingest.metadata.places import location
from gallerynet.core.ingest.metadata.xmp import parse_xmp
from gallerynet.core.media.model import DateSource, Location

FAVORITE_STARS = 5


@dataclass(frozen=True)
class Beside:
    dates: tuple[Claim, ...] = ()
    location: Location | None = None
    is_favorite: bool = False
    tags: tuple[str, ...] = ()
    entries: Mapping[str, str] = field(default_factory=dict)
    words: str | None = None
    folders: tuple[str, ...] = ()  # that the file lay in, the outermost first

    def merged(self, other: "Beside") -> "Beside":
        """Both, this one first."""
        return Beside(
            dates=self.dates + other.dates,
            location=self.location or other.location,
            is_favorite=self.is_favorite or other.is_favorite,
            tags=tuple(dict.fromkeys(self.tags + other.tags)),
            entries={**other.entries, **self.entries},
            words=joined_words((self.words, other.words)),
            folders=self.folders or other.folders,
        )

    def over(self, metadata: Metadata) -> Metadata:
        """The file's own metadata with what lies beside it before it."""
        return replace(
            metadata,
            exif=bounded((*self.entries.items(), *metadata.exif.items())),
            location=self.location or metadata.location,
            dates=self.dates + metadata.dates,
            words=joined_words((self.words, metadata.words)),
        )

    def to_json(self) -> str | None:
        """What outlives the import, since a repair reads the file alone."""
        if not (self.entries or self.location or self.words):
            return None
        place = self.location and (self.location.latitude, self.location.longitude, self.location.altitude)
        kept = {"entries": dict(self.entries), "location": place, "words": self.words}
        return json.dumps(kept, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | None) -> "Beside":
        if text is None:
            return cls()
        kept = json.loads(text)
        place = None if kept["location"] is None else Location(*kept["location"])
        return cls(location=place, entries=kept["entries"], words=kept["words"])


def from_xmp(packet: bytes) -> Beside:
    """Of a sidecar such as digiKam, darktable and Lightroom write."""
    xmp = parse_xmp(packet)
    rating = xmp.rating()
    return Beside(
        dates=tuple((moment, DateSource.SIDECAR) for moment in xmp.dates()),
        location=xmp.location(),
        is_favorite=rating is not None and rating >= FAVORITE_STARS,
        tags=tuple(xmp.keywords()),
        entries={f"Sidecar {name.removeprefix('XMP ')}": text for name, text in xmp.entries()},
        words=joined_words(xmp.words()),
    )


def from_takeout(text: bytes) -> Beside | None:
    """Of the JSON that Google Takeout lays beside each file; None where it is something else."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or not ("photoTakenTime" in said or "geoData" in said):
        return None
    taken = _takeout_time(said.get("photoTakenTime"))
    description = shown(said.get("description") or "")
    named = said.get("people")
    people = ", ".join(
        shown(person["name"])
        for person in (named if isinstance(named, list) else [])[:100]
        if isinstance(person, dict) and isinstance(person.get("name"), str)
    )
    entries = {"Takeout description": description, "Takeout people": people}
    return Beside(
        dates=() if taken is None else ((taken, DateSource.SIDECAR),),
        location=_takeout_place(said.get("geoData")) or _takeout_place(said.get("geoDataExif")),
        is_favorite=said.get("favorited") is True,
        entries={name: entry for name, entry in entries.items() if entry},
        words=joined_words((description, people)),
    )


def _takeout_time(said: object) -> datetime | None:
    try:
        seconds = int(said["timestamp"])  # type: ignore[index]  # whatever it is, the next line says what then
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _takeout_place(said: Any) -> Location | None:
    if not isinstance(said, dict):
        return None
    numbers = [said.get(name) for name in ("latitude", "longitude", "altitude")]
    if not all(isinstance(number, int | float) for number in numbers[:2]):
        return None
    altitude = numbers[2] if isinstance(numbers[2], int | float) and numbers[2] else None
    return location(numbers[0], numbers[1], altitude)
