"""Where on earth: the ways in which files write it, and what of it is believed."""

import math
import re

from gallerynet.core.media.model import Location

# Metres: the deepest trench, and where space begins.
LOWEST, HIGHEST = -11_000.0, 100_000.0

_ISO_6709 = re.compile(
    r"(?P<lat>[+-]\d{2,6}(?:\.\d+)?)(?P<lon>[+-]\d{3,7}(?:\.\d+)?)(?P<alt>[+-]\d+(?:\.\d+)?)?(?:CRS[^/]*)?/?$"
)
_XMP = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])$", re.IGNORECASE)


def location(latitude: float | None, longitude: float | None, altitude: float | None = None) -> Location | None:
    """Degrees north and east, metres above the sea; None where that is no place.

    0, 0 is what receivers without a fix write. An altitude that cannot be is left out.
    """
    if latitude is None or longitude is None or not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    if latitude == 0 and longitude == 0:
        return None
    if altitude is not None and not LOWEST <= altitude <= HIGHEST:
        altitude = None
    return Location(latitude, longitude, altitude)


def parse_iso_6709(text: str) -> Location | None:
    """As QuickTime and MP4 have it: ``+48.8577+002.2950+035.0/``; degrees, or degrees with minutes and seconds."""
    match = _ISO_6709.match(text.strip())
    if match is None:
        return None
    altitude = None if match["alt"] is None else float(match["alt"])
    return location(_sexagesimal(match["lat"], 2), _sexagesimal(match["lon"], 3), altitude)


def parse_xmp_degrees(text: str) -> float | None:
    """As XMP has it: ``48,51.462N`` or ``48,51,27N``."""
    match = _XMP.match(text.strip())
    if match is None:
        return None
    degrees = float(match[1]) + float(match[2]) / 60 + float(match[3] or 0) / 3600
    return -degrees if match[4].upper() in "SW" else degrees


def parse_ratio(text: str) -> float | None:
    """``125/10`` or ``12.5``; None for what is no number."""
    numerator, _, denominator = text.strip().partition("/")
    try:
        number = float(numerator) / float(denominator or 1)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _sexagesimal(text: str, digits: int) -> float:
    """``digits`` say degrees, each two more minutes and seconds."""
    whole, point, fraction = text[1:].partition(".")
    parts = [whole[:digits], *(whole[start : start + 2] for start in range(digits, len(whole), 2))]
    parts[-1] += point + fraction
    degrees: float = sum(float(part) / 60**place for place, part in enumerate(parts))
    return -degrees if text[0] == "-" else degrees
