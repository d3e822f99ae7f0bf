"""XMP, from within a file or from a sidecar beside it.

Read by expat, event by event, without a tree and without a document type: so there are no entities to expand and
nothing to fetch. https://developer.adobe.com/xmp/docs/XMPSpecifications/.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from xml.parsers import expat

from gallerynet.core.ingest.dates import iso_date
from gallerynet.core.ingest.metadata.model import MAX_ENTRIES, MAX_KEYWORDS, MAX_TEXT, shown
from gallerynet.core.ingest.metadata.places import location, parse_ratio, parse_xmp_degrees
from gallerynet.core.media.model import Location

MAX_BYTES = 4 * 2**20
MAX_DEPTH = 32
MAX_VALUES = 200  # of one list

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
# What is kept, under the prefixes that everyone knows. Histories and developing settings are not among it.
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.adobe.com/lightroom/1.0/": "lr",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
    "http://www.digikam.org/ns/1.0/": "digiKam",
    "http://ns.microsoft.com/photo/1.0/": "MicrosoftPhoto",
    "http://ns.google.com/photos/1.0/panorama/": "GPano",
}
_LEFT_OUT = ("photoshop:DocumentAncestors", "photoshop:History", "xmp:Thumbnails")
_DATES = ("exif:DateTimeOriginal", "photoshop:DateCreated", "exif:DateTimeDigitized", "xmp:CreateDate")
_WORDS = ("dc:title", "dc:description", "photoshop:Headline", "photoshop:City", "photoshop:Country")
# With the parents that a keyword has in programs that sort them in trees.
_TREES = ("digiKam:TagsList", "lr:hierarchicalSubject", "MicrosoftPhoto:LastKeywordXMP")


@dataclass(frozen=True)
class Xmp:
    """Properties by prefixed name, each with its values in order."""

    properties: dict[str, list[str]] = field(default_factory=dict)

    def entries(self) -> Iterator[tuple[str, str]]:
        for name, values in self.properties.items():
            yield f"XMP {name}", shown(", ".join(values))

    def dates(self) -> list[datetime]:
        found = (iso_date(value) for name in _DATES for value in self.properties.get(name, ())[:1])
        return [moment for moment in found if moment is not None]

    def location(self) -> Location | None:
        latitude, longitude, altitude = (
            self._first(f"exif:GPS{name}") for name in ("Latitude", "Longitude", "Altitude")
        )
        height = None if altitude is None else parse_ratio(altitude)
        if height is not None and self._first("exif:GPSAltitudeRef") == "1":
            height = -height
        return location(parse_xmp_degrees(latitude or ""), parse_xmp_degrees(longitude or ""), height)

    def rating(self) -> float | None:
        """0..5 stars; -1 is what programs write of a picture that was sorted out."""
        found = parse_ratio(self._first("xmp:Rating") or "")
        return found if found is not None and -1 <= found <= 5 else None

    def keywords(self) -> list[str]:
        """Each once, without parents."""
        flat = self.properties.get("dc:subject", [])
        if not flat:
            values = next((self.properties[name] for name in _TREES if name in self.properties), [])
            flat = [value.replace("|", "/").rsplit("/", 1)[-1] for value in values]
        return distinct(flat)

    def words(self) -> list[str]:
        """What the picture is found by."""
        return [value for name in _WORDS for value in self.properties.get(name, ())] + self.keywords()

    def _first(self, name: str) -> str | None:
        return next(iter(self.properties.get(name, ())), None)


def distinct(keywords: Iterable[str]) -> list[str]:
    """Keywords as people write them: trimmed, each once whatever the case, not too many."""
    found: dict[str, str] = {}
    for keyword in keywords:
        cleaned = " ".join(shown(keyword).split())
        if cleaned:
            found.setdefault(cleaned.casefold(), cleaned)
    return list(found.values())[:MAX_KEYWORDS]


def parse_xmp(packet: bytes) -> Xmp:
    """What an XMP packet says; nothing where it is none, or too large, or has a document type."""
    reader = _Reader()
    try:
        reader.read(packet)
    except (expat.ExpatError, _Refused, ValueError, LookupError):
        return Xmp()  # half of a broken packet may be half of a value
    return Xmp(reader.properties)


class _Refused(Exception):
    """The packet has what no honest one has."""


class _Reader:
    def __init__(self) -> None:
        self.properties: dict[str, list[str]] = {}
        self._path: list[str] = []
        self._text: list[str] = []

    def read(self, packet: bytes) -> None:
        if len(packet) > MAX_BYTES:
            raise _Refused
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.Parse(packet.strip(b"\x00 \r\n\t"), True)

    def _refuse(self, *_: object) -> None:
        raise _Refused

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        self._text.clear()
        if len(self._path) > MAX_DEPTH:
            raise _Refused
        if name == f"{_RDF} Description" and self._path.count(name) == 1:
            for attribute, value in attributes.items():
                self._keep(attribute, value)

    def _end(self, name: str) -> None:
        below = self._below_description()
        if len(below) == 1 or (len(below) == 3 and name == f"{_RDF} li"):
            self._keep(below[0], "".join(self._text))
        self._text.clear()
        self._path.pop()

    def _below_description(self) -> list[str]:
        """The property, and the list and item in it; what lies deeper is of structures that are not kept."""
        description = f"{_RDF} Description"
        return self._path[self._path.index(description) + 1 :] if description in self._path else []

    def _keep(self, name: str, value: str) -> None:
        namespace, _, local = name.rpartition(" ")
        known = f"{_PREFIXES.get(namespace, '')}:{local}"
        if namespace not in _PREFIXES or known in _LEFT_OUT or not value.strip():
            return
        values = self.properties.setdefault(known, [])
        if len(values) < MAX_VALUES and len(self.properties) <= MAX_ENTRIES:
            values.append(value.strip()[:MAX_TEXT])
