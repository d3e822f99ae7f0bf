"""All metadata of one file, from every place that formats have for it."""

import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image, ImageFile, IptcImagePlugin

from gallerynet.core.ingest.dates import exif_date, iso_date
from gallerynet.core.ingest.metadata.exif import (
    exif_camera,
    exif_entries,
    exif_location,
    exif_moments,
    exposure_text,
    read_exif,
)
from gallerynet.core.ingest.metadata.model import Metadata, bounded, joined_words, shown
from gallerynet.core.ingest.metadata.places import parse_ratio
from gallerynet.core.ingest.metadata.xmp import Xmp, distinct, parse_xmp
from gallerynet.core.media.model import Camera, DateSource

XMP_TAG, IPTC_TAG = 700, 33723
# IPTC IIM 4.2: the fields of the application record that people fill in.
_IPTC = {
    5: "Title",
    10: "Urgency",
    25: "Keywords",
    40: "Instructions",
    55: "DateCreated",
    60: "TimeCreated",
    80: "Byline",
    85: "BylineTitle",
    90: "City",
    92: "Sublocation",
    95: "State",
    101: "Country",
    105: "Headline",
    110: "Credit",
    115: "Source",
    116: "Copyright",
    120: "Caption",
}
_IPTC_WORDS = ("Title", "Headline", "Caption", "Sublocation", "City", "Country", "Keywords")
_TEXT_WORDS = ("Title", "Description", "Comment", "comment")
_TEXT_DATES = ("Creation Time", "date:taken")
# In ``info`` of pictures that Pillow opens, and not texts of the picture's own.
_NO_TEXTS = ("exif", "xmp", "XML:com.adobe.xmp", "icc_profile", "photoshop")


@dataclass(frozen=True)
class Embedded:
    """What a container carries beside the picture: whole blocks, and texts by name."""

    exif: bytes = b""
    xmp: bytes = b""
    iptc: Mapping[str, list[str]] | None = None
    texts: Mapping[str, str] | None = None


def read_metadata(file: Path | BinaryIO, format_name: str | None = None) -> Metadata:
    """Everything that can be read, bounded; empty where there is nothing.

    ``format_name`` is Pillow's name of the format; without one, exifread alone looks into the file.
    """
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return read_metadata(opened, format_name)
    embedded = Embedded() if format_name is None else _embedded(file, format_name)
    file.seek(0)
    tags = read_exif(io.BytesIO(embedded.exif.removeprefix(b"Exif\x00\x00")) if embedded.exif else file)
    # Tag 700 of a TIFF, which camera originals are too.
    notes = getattr(tags.get("Image ApplicationNotes"), "values", None)
    xmp = parse_xmp(embedded.xmp or (bytes(notes) if isinstance(notes, list) else b""))
    iptc, texts = embedded.iptc or {}, embedded.texts or {}
    taken, written = exif_moments(tags)
    return Metadata(
        exif=bounded(
            (
                *exif_entries(tags),
                *xmp.entries(),
                *((f"IPTC {name}", shown(", ".join(values))) for name, values in iptc.items()),
                *((f"Text {shown(name)}", shown(text)) for name, text in texts.items()),
            )
        ),
        camera=_camera(exif_camera(tags), xmp),
        location=exif_location(tags) or xmp.location(),
        dates=(
            *((moment, DateSource.EXIF) for moment in taken),
            *((moment, DateSource.EXIF) for moment in (*xmp.dates(), *_iptc_dates(iptc), *_text_dates(texts))),
            *((moment, DateSource.EXIF) for moment in written),
        ),
        words=joined_words(
            (
                *xmp.words(),
                *(value for name in _IPTC_WORDS for value in distinct(iptc.get(name, ()))),
                *(shown(texts[name]) for name in _TEXT_WORDS if name in texts),
            )
        ),
    )


def _embedded(file: BinaryIO, format_name: str) -> Embedded:
    """By Pillow, which reads headers only to open a picture; nothing where it cannot."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(file, formats=[format_name])
            info = image.info
            tiff = getattr(image, "tag_v2", {})
            return Embedded(
                exif=_bytes(info.get("exif")),
                xmp=_bytes(info.get("xmp") or info.get("XML:com.adobe.xmp") or tiff.get(XMP_TAG)),
                iptc=_iptc(image),
                texts={name: text for name, text in _texts(info) if name not in _NO_TEXTS},
            )
    except Exception:  # noqa: BLE001, RUF100 - what is wrong with the file is the decoder's to say
        return Embedded()


def _bytes(value: object) -> bytes:
    if isinstance(value, str):
        return value.encode()
    return value if isinstance(value, bytes) else b""


def _texts(info: Mapping[Any, object]) -> Iterator[tuple[str, str]]:
    for name, value in info.items():
        if isinstance(name, str) and isinstance(value, str) and not name.startswith("Raw profile"):
            yield name, value
        elif name == "comment" and isinstance(value, bytes):
            yield "comment", _decoded(value)


def _iptc(image: ImageFile.ImageFile) -> dict[str, list[str]]:
    try:
        records = IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:  # noqa: BLE001, RUF100 - a damaged record costs itself alone
        return {}
    found: dict[str, list[str]] = {}
    for (record, field), value in records.items():
        if record == 2 and field in _IPTC:
            values = value if isinstance(value, list) else [value]
            found[_IPTC[field]] = [shown(_decoded(text)) for text in values[:200] if isinstance(text, bytes)]
    return found


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("latin-1")


def _iptc_dates(iptc: Mapping[str, list[str]]) -> list[datetime]:
    """``20240115`` and ``134530+0100``."""
    day, time = (next(iter(iptc.get(name, ())), "") for name in ("DateCreated", "TimeCreated"))
    if len(day) != 8:
        return []
    clock = f"T{time[:2]}:{time[2:4]}:{time[4:6]}{time[6:]}" if len(time) >= 6 else ""
    date = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    found = iso_date(f"{date}{clock}") or iso_date(date)
    return [] if found is None else [found]


def _text_dates(texts: Mapping[str, str]) -> list[datetime]:
    found = (iso_date(texts[name]) or exif_date(texts[name]) for name in _TEXT_DATES if name in texts)
    return [moment for moment in found if moment is not None]


def _camera(camera: Camera | None, xmp: Xmp) -> Camera | None:
    """XMP fills in what EXIF leaves open: editors strip the one and keep the other."""

    def first(*names: str) -> str | None:
        return next((value for name in names for value in xmp.properties.get(name, ())), None)

    def number(name: str) -> float | None:
        return parse_ratio(first(name) or "")

    exposure, iso = number("exif:ExposureTime"), number("exif:ISOSpeedRatings")
    named = Camera(
        make=first("tiff:Make"),
        model=first("tiff:Model"),
        lens=first("exifEX:LensModel", "aux:Lens"),
        iso=int(iso) if iso is not None and 0 < iso < 2**31 else None,
        aperture=number("exif:FNumber"),
        exposure_time=None if exposure is None else exposure_text(exposure),
        focal_length=number("exif:FocalLength"),
    )
    if camera is None:
        return named if named.is_known() else None
    missing = {name: getattr(named, name) for name in Camera.__slots__ if getattr(camera, name) is None}
    return replace(camera, **missing)
