"""EXIF by exifread: every tag as text, and the camera, the place and the dates that it tells of."""

import logging
import math
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO, cast

import exifread

from gallerynet.core.ingest.dates import exif_dates
from gallerynet.core.ingest.metadata.model import shown
from gallerynet.core.ingest.metadata.places import location
from gallerynet.core.media.model import Camera, Location

# It warns of every oddity of every camera, which is no news to the server's log.
logging.getLogger("exifread").setLevel(logging.CRITICAL)

Tags = Mapping[str, Any]

# Blocks that point at themselves, or claim four thousand million values, are read no further than this. The largest
# honest one at hand takes 60,000 reads, most of them for the maker's own notes.
MAX_READS = 400_000
MAX_BYTES = 64 * 2**20

LEFT_OUT = ("JPEGThumbnail", "TIFFThumbnail", "EXIF MakerNote", "Image ApplicationNotes", "Image PrintIM")
# What is shown first where not all is: the picture's own tags before the thumbnail's and the maker's.
_FIRST = ("EXIF ", "Image ", "GPS ")


def read_exif(file: BinaryIO) -> Tags:
    """All tags of an EXIF block, or of a file with one; nothing where there is none that can be read.

    The maker's notes are given up where they are what takes too long.
    """
    for with_notes in (True, False):
        try:
            tags: Tags = exifread.process_file(
                cast("BinaryIO", _Budget(file)), details=with_notes, extract_thumbnail=False
            )
        except Exception:  # noqa: BLE001, RUF100, S112 - a damaged block must not cost the user the picture
            continue
        return tags
    return {}


def exif_entries(tags: Tags) -> Iterator[tuple[str, str]]:
    """Names and texts, the more telling ones first."""
    for name in sorted(tags, key=lambda name: (not name.startswith(_FIRST), name)):
        if name not in LEFT_OUT:
            yield name, shown(tags[name])


def exif_camera(tags: Tags) -> Camera | None:
    iso = _number(tags, "EXIF ISOSpeedRatings")
    exposure = _number(tags, "EXIF ExposureTime")
    camera = Camera(
        make=_text(tags, "Image Make"),
        model=_text(tags, "Image Model"),
        lens=_text(tags, "EXIF LensModel"),
        iso=int(iso) if iso is not None and 0 < iso < 2**31 else None,
        aperture=_positive(_number(tags, "EXIF FNumber")),
        exposure_time=None if exposure is None else exposure_text(exposure),
        focal_length=_positive(_number(tags, "EXIF FocalLength")),
    )
    return camera if camera.is_known() else None


def exposure_text(seconds: float) -> str | None:
    """As photographers write it: ``1/120``, ``0.5``, ``30``; None for no time at all."""
    if not 1e-7 < seconds < 1e6:
        return None
    if seconds < 0.3:
        return f"1/{round(1 / seconds)}"
    return f"{seconds:.1f}".removesuffix(".0")


def exif_location(tags: Tags) -> Location | None:
    altitude = _number(tags, "GPS GPSAltitude")
    # 1 and 3 are below: the sea, or the ellipsoid.
    if altitude is not None and _values(tags, "GPS GPSAltitudeRef")[:1] in ([1], [3]):
        altitude = -altitude
    return location(_degrees(tags, "GPS GPSLatitude", "S"), _degrees(tags, "GPS GPSLongitude", "W"), altitude)


def exif_moments(tags: Tags) -> tuple[list[datetime], list[datetime]]:
    """When it was taken, the most trusted first; and when the file was last written."""
    return exif_dates({name: shown(tag) for name, tag in tags.items() if "Time" in name})


def _text(tags: Tags, name: str) -> str | None:
    return shown(tags.get(name, "")) or None


def _positive(number: float | None) -> float | None:
    return number if number is not None and number > 0 else None


def _degrees(tags: Tags, name: str, negative: str) -> float | None:
    parts = [_float(value) for value in _values(tags, name)]
    if not parts or any(part is None for part in parts):
        return None
    degrees = sum(part / 60**place for place, part in enumerate(parts[:3]) if part is not None)
    signed: float = -degrees if str(tags.get(f"{name}Ref", "")).strip().upper() == negative else degrees
    return signed


def _number(tags: Tags, name: str) -> float | None:
    values = _values(tags, name)
    return _float(values[0]) if values else None


def _values(tags: Tags, name: str) -> list[object]:
    values: object = getattr(tags.get(name), "values", None)
    return list(values) if isinstance(values, list | tuple) else []


def _float(value: object) -> float | None:
    """Ratios with a zero below, texts and infinities are nothing to go by."""
    try:
        number = float(value)  # type: ignore[arg-type]  # whatever it is, the next line says what then
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) else None


class _Exhausted(Exception):
    """More was read than any honest block takes."""


class _Budget:
    """A file that can be read so much and no more."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._reads = MAX_READS
        self._bytes = MAX_BYTES
        self.seek = file.seek
        self.tell = file.tell

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self._reads -= 1
        self._bytes -= len(piece)
        if self._reads < 0 or self._bytes < 0:
            raise _Exhausted
        return piece
