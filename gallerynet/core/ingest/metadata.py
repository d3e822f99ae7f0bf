"""What a file says of itself: EXIF as display strings, the camera, the place."""

import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import exifread

from gallerynet.core.media.model import Camera, DateSource, Location

# It warns of every oddity of every camera, which is no news to the server's log.
logging.getLogger("exifread").setLevel(logging.CRITICAL)

MAX_TAGS = 500
MAX_TEXT = 1_000
LEFT_OUT = ("JPEGThumbnail", "TIFFThumbnail", "EXIF MakerNote", "Image ApplicationNotes", "Image PrintIM")


@dataclass(frozen=True)
class Metadata:
    exif: dict[str, str] = field(default_factory=dict)
    camera: Camera | None = None
    location: Location | None = None
    dates: tuple[tuple[datetime, DateSource], ...] = ()  # besides those in ``exif``, the most trusted first


def read_metadata(path: Path) -> Metadata:
    """Everything exifread finds, bounded in number and length; empty where there is nothing that can be read."""
    with path.open("rb") as file:
        try:
            tags: Mapping[str, Any] = exifread.process_file(file, extract_thumbnail=False)
        except Exception:  # noqa: BLE001, RUF100 - a damaged EXIF block must not cost the user the picture
            tags = {}
    shown = [(name, _display(tag)) for name, tag in tags.items() if name not in LEFT_OUT]
    exif = dict(sorted((name, text) for name, text in shown if text)[:MAX_TAGS])
    return Metadata(exif, _camera(tags, exif), _location(tags))


def _display(tag: object) -> str:
    text = str(tag).replace("\x00", "").strip()
    text = "".join(character for character in text if character.isprintable() or character in "\n\t")
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def _camera(tags: Mapping[str, Any], exif: Mapping[str, str]) -> Camera | None:
    iso = _number(tags, "EXIF ISOSpeedRatings")
    camera = Camera(
        make=exif.get("Image Make"),
        model=exif.get("Image Model"),
        lens=exif.get("EXIF LensModel"),
        iso=int(iso) if iso is not None and 0 < iso < 2**31 else None,
        aperture=_number(tags, "EXIF FNumber"),
        exposure_time=exif.get("EXIF ExposureTime"),
        focal_length=_number(tags, "EXIF FocalLength"),
    )
    return camera if camera.is_known() else None


def _location(tags: Mapping[str, Any]) -> Location | None:
    latitude = _degrees(tags, "GPS GPSLatitude", "S")
    longitude = _degrees(tags, "GPS GPSLongitude", "W")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    if latitude == 0 and longitude == 0:  # what receivers without a fix write
        return None
    altitude = _number(tags, "GPS GPSAltitude")
    if altitude is not None and _values(tags, "GPS GPSAltitudeRef")[:1] == [1]:
        altitude = -altitude
    return Location(latitude, longitude, altitude)


def _degrees(tags: Mapping[str, Any], name: str, negative: str) -> float | None:
    parts = [_float(value) for value in _values(tags, name)]
    if not parts or any(part is None for part in parts):
        return None
    degrees = sum(part / 60**place for place, part in enumerate(parts[:3]) if part is not None)
    signed: float = -degrees if str(tags.get(f"{name}Ref", "")).strip().upper() == negative else degrees
    return signed


def _number(tags: Mapping[str, Any], name: str) -> float | None:
    values = _values(tags, name)
    return _float(values[0]) if values else None


def _values(tags: Mapping[str, Any], name: str) -> list[object]:
    values: object = getattr(tags.get(name), "values", None)
    return list(values) if isinstance(values, list | tuple) else []


def _float(value: object) -> float | None:
    """Ratios with a zero below, texts and infinities are nothing to go by."""
    try:
        number = float(value)  # type: ignore[arg-type]  # whatever it is, the next line says what then
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) else None
