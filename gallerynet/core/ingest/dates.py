"""When a picture was taken: by what it says itself, else by its name, else it is the moment of the upload.

In order of trust: what lies beside the file (its owner's later word), the file's own metadata (EXIF's moment of
exposure, then XMP, IPTC and text, last EXIF's moment of writing), the container of a video, the name, the folders.
Without a time zone beside it a date is taken for UTC. A date in the future, or from before there were photographs, is
not believed, and the next source is asked.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from gallerynet.core.clock import Timestamp, timestamp, to_datetime
from gallerynet.core.media.model import DateSource

# Niépce's view from the window at Le Gras: no photograph is older.
FIRST_PHOTOGRAPH = datetime(1826, 1, 1, tzinfo=UTC)

TAKEN_FIELDS = (
    ("EXIF DateTimeOriginal", "EXIF SubSecTimeOriginal", "EXIF OffsetTimeOriginal"),
    ("EXIF DateTimeDigitized", "EXIF SubSecTimeDigitized", "EXIF OffsetTimeDigitized"),
)
WRITTEN_FIELDS = (("Image DateTime", "EXIF SubSecTime", "EXIF OffsetTime"),)

# Some programs write the zone behind the date, where EXIF has a field of its own for it.
_EXIF_DATE = re.compile(r"(\d{4})[:\-/](\d\d)[:\-/](\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.\d*)?(?: ?([+-]\d\d:?\d\d)$)?")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)$")
_ISO_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?\s*(Z|[+-]\d\d:?\d\d)?)?)?)?$"
)
# Times of day by twelve hours have one digit now and then, and an AM or PM behind them.
_TIME = (
    r"(?:[-_ T.]*(?:at )?(?P<H>\d\d|\d(?=[.:]\d\d[.:]))(?P<t>[-_.:]?)(?P<M>\d\d)(?P=t)(?P<S>\d\d)\d{0,3}"
    r"(?:\s?(?P<half>[AP])M\b)?)?(?!\d)"
)
_NAME_DATES = (
    re.compile(rf"(?<!\d)(?P<y>\d{{4}})(?P<s>[-_.]?)(?P<m>\d\d)(?P=s)(?P<d>\d\d){_TIME}"),
    re.compile(rf"(?<!\d)(?P<d>\d\d)(?P<s>[-_.])(?P<m>\d\d)(?P=s)(?P<y>\d{{4}}){_TIME}"),  # Telegram's export
)
# Messengers that name a file by the milliseconds since 1970.
_NAME_EPOCH = re.compile(r"(?:mmexport|wx_camera_|FB_IMG_)(\d{13})(?!\d)")
_FOLDER_MONTH = re.compile(r"(?<!\d)(\d{4})[-_./ ]?(\d\d)(?!\d)")


def original_date(
    claims: Iterable[tuple[datetime, DateSource]],
    filename: str,
    uploaded_at: Timestamp,
    folders: Sequence[str] = (),
) -> tuple[Timestamp, DateSource]:
    """The date to sort an item by, and where it comes from.

    ``claims`` are what metadata says, the most trusted first; ``folders`` the names of those that the file lay in, the
    outermost first.
    """
    latest = to_datetime(uploaded_at) + timedelta(days=1)
    names = (name_date(Path(filename).stem), folder_date(folders))
    for found, source in (*claims, *((found, DateSource.FILENAME) for found in names)):
        if found is not None and FIRST_PHOTOGRAPH <= found <= latest:
            return timestamp(found), source
    return uploaded_at, DateSource.UPLOAD


def exif_dates(exif: Mapping[str, str]) -> tuple[list[datetime], list[datetime]]:
    """From EXIF's display strings: when it was taken, the most trusted first; and when the file was last written."""

    def read(fields: Sequence[tuple[str, str, str]]) -> list[datetime]:
        found = (exif_date(*(exif.get(name, "") for name in names)) for names in fields)
        return [moment for moment in found if moment is not None]

    return read(TAKEN_FIELDS), read(WRITTEN_FIELDS)


def exif_date(text: str, fraction: str = "", offset: str = "") -> datetime | None:
    """``2019:08:07 06:05:04`` with the digits of the second's fraction and an offset such as ``+02:00``."""
    match = _EXIF_DATE.match(text.strip())
    if match is None:
        return None
    # Cameras write a leap second, or 24:00, now and then.
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    return _moment(year, month, day, hour % 24, minute, min(second, 59), fraction, offset or match[7] or "")


def iso_date(text: str) -> datetime | None:
    """ISO 8601 as XMP and QuickTime have it: a year alone will do, and the zone may be missing."""
    match = _ISO_DATE.match(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(match[part] or part in (2, 3)) for part in range(1, 7))
    return _moment(year, month, day, hour, minute, second, match[7] or "", match[8] or "")


def name_date(stem: str) -> datetime | None:
    """The date in a file's name, without its extension."""
    epoch = _NAME_EPOCH.search(stem)
    if epoch is not None:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(epoch[1]))
    for pattern in _NAME_DATES:
        for match in pattern.finditer(stem):
            year, month, day = (int(match[part]) for part in "ymd")
            hour, minute, second = (int(match[part] or 0) for part in "HMS")
            if match["half"] and 1 <= hour <= 12:
                hour = hour % 12 + (12 if match["half"] == "P" else 0)
            found = _moment(year, month, day, hour, minute, second) or _moment(year, month, day)
            if found is not None:
                return found
    return None


def folder_date(folders: Sequence[str]) -> datetime | None:
    """The date in the names of folders, the innermost that has one: a day, else a month, also over several levels."""
    path = "/".join(folders[-4:])
    for depth in range(len(folders), 0, -1):
        found = name_date(folders[depth - 1])
        if found is not None:
            return found
    days = re.findall(r"(?<!\d)(\d{4})/(\d\d)/(\d\d)(?!\d)", path)
    for year, month, day in reversed(days):
        if (found := _moment(int(year), int(month), int(day))) is not None:
            return found
    for year, month in reversed(_FOLDER_MONTH.findall(path)):
        if (found := _moment(int(year), int(month))) is not None:
            return found
    return None


def _moment(
    year: int,
    month: int,
    day: int = 1,
    hour: int = 0,
    minute: int = 0,
    second: int = 0,
    fraction: str = "",
    offset: str = "",
) -> datetime | None:
    digits = fraction.strip()
    microsecond = int(digits[:6].ljust(6, "0")) if digits.isascii() and digits.isdigit() else 0
    try:
        found = datetime(year, month, day, hour, minute, second, microsecond, tzinfo=_zone(offset))
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(offset: str) -> timezone:
    match = _OFFSET.match(offset.strip())
    if match is None:
        return UTC
    distance = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return timezone(-distance if match[1] == "-" else distance) if distance < timedelta(hours=24) else UTC
