"""When a picture was taken: by its EXIF, else by its name, else it is the moment of the upload."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from gallerynet.core.clock import Timestamp, timestamp, to_datetime
from gallerynet.core.media.model import DateSource

# Niépce's view from the window at Le Gras: no photograph is older.
FIRST_PHOTOGRAPH = datetime(1826, 1, 1, tzinfo=UTC)

EXIF_FIELDS = (
    ("EXIF DateTimeOriginal", "EXIF SubSecTimeOriginal", "EXIF OffsetTimeOriginal"),
    ("EXIF DateTimeDigitized", "EXIF SubSecTimeDigitized", "EXIF OffsetTimeDigitized"),
    ("Image DateTime", "EXIF SubSecTime", "EXIF OffsetTime"),
)
_EXIF_DATE = re.compile(r"(\d{4})[:\-/](\d\d)[:\-/](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)$")
_NAME_DATE = re.compile(
    r"(?<!\d)(?P<y>\d{4})(?P<s>[-_.]?)(?P<m>\d\d)(?P=s)(?P<d>\d\d)"
    r"(?:[-_ T.]*(?:at )?(?P<H>\d\d)(?P<t>[-_.:]?)(?P<M>\d\d)(?P=t)(?P<S>\d\d)\d{0,3})?(?!\d)"
)


def original_date(
    exif: Mapping[str, str],
    filename: str,
    uploaded_at: Timestamp,
    claims: Iterable[tuple[datetime, DateSource]] = (),
) -> tuple[Timestamp, DateSource]:
    """The date to sort an item by, and where it comes from; ``claims`` are what a video's container says.

    Without a time zone beside it a date is taken for UTC. A date in the future, or from before there were photographs,
    is not believed.
    """
    latest = to_datetime(uploaded_at) + timedelta(days=1)
    for date_field, fraction_field, offset_field in EXIF_FIELDS:
        found = _exif_date(exif.get(date_field, ""), exif.get(fraction_field, ""), exif.get(offset_field, ""))
        if found is not None and FIRST_PHOTOGRAPH <= found <= latest:
            return timestamp(found), DateSource.EXIF
    for found, source in claims:
        if FIRST_PHOTOGRAPH <= found <= latest:
            return timestamp(found), source
    found = _name_date(Path(filename).stem)
    if found is not None and FIRST_PHOTOGRAPH <= found <= latest:
        return timestamp(found), DateSource.FILENAME
    return uploaded_at, DateSource.UPLOAD


def _exif_date(text: str, fraction: str, offset: str) -> datetime | None:
    match = _EXIF_DATE.match(text.strip())
    if match is None:
        return None
    digits = fraction.strip()
    microsecond = int(digits[:6].ljust(6, "0")) if digits.isascii() and digits.isdigit() else 0
    year, month, day, hour, minute, second = (int(part) for part in match.groups())
    try:
        # Cameras write a leap second, or 24:00, now and then.
        return datetime(year, month, day, hour % 24, minute, min(second, 59), microsecond, tzinfo=_zone(offset))
    except ValueError:
        return None


def _zone(offset: str) -> timezone:
    match = _OFFSET.match(offset.strip())
    if match is None:
        return UTC
    distance = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return timezone(-distance if match[1] == "-" else distance) if distance < timedelta(hours=24) else UTC


def _name_date(stem: str) -> datetime | None:
    for match in _NAME_DATE.finditer(stem):
        year, month, day = (int(match[part]) for part in "ymd")
        for time in ([int(match[part] or 0) for part in "HMS"], [0, 0, 0]):
            try:
                return datetime(year, month, day, time[0], time[1], time[2], tzinfo=UTC)
            except ValueError:
                continue
    return None
