"""What a video's container says of it: when, where and with what it was taken."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from gallerynet.core.ingest.metadata import MAX_TAGS, MAX_TEXT, Metadata
from gallerynet.core.media.model import Camera, DateSource, Location
from gallerynet.core.video.container import Clip

# Apple's carries the time zone of the place; the others are in UTC, or do not say.
DATES = ("com.apple.quicktime.creationdate", "creation_time", "date", "date_utc", "date_recorded")
PLACES = ("com.apple.quicktime.location.iso6709", "location", "location-eng")
MAKERS = ("com.apple.quicktime.make", "com.android.manufacturer", "make")
MODELS = ("com.apple.quicktime.model", "com.android.model", "model")
LENSES = ("com.apple.quicktime.camera.lens_model", "lens_model")
# What a clock that was never set says: the zero of QuickTime, of Unix, of Matroska.
ZEROS = frozenset(datetime(year, 1, 1, tzinfo=UTC) for year in (1904, 1970, 2001))

_ISO_6709 = re.compile(r"([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?")


def read_facts(clip: Clip) -> Metadata:
    """Bounded in number and length; empty where the file says nothing."""
    tags = {name.lower(): _shown(text) for name, text in {**clip.stream.metadata, **clip.container.metadata}.items()}
    entries = {f"Container {name}": text for name, text in tags.items()} | dict(_streams(clip))
    entries = {name: text for name, text in sorted(entries.items())[:MAX_TAGS] if text}
    camera = Camera(_first(tags, MAKERS), _first(tags, MODELS), _first(tags, LENSES), None, None, None, None)
    dates = [found for name in DATES if (found := recorded_at(tags.get(name, ""))) is not None]
    return Metadata(
        entries,
        camera if camera.is_known() else None,
        location(_first(tags, PLACES) or ""),
        tuple((found, DateSource.CONTAINER) for found in dates),
    )


def recorded_at(text: str) -> datetime | None:
    """The moment that a container names; UTC where it has no time zone beside it, None where the clock was not set."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    aware = found.replace(tzinfo=UTC) if found.tzinfo is None else found
    return None if aware.astimezone(UTC) in ZEROS else aware


def location(text: str) -> Location | None:
    """A place by ISO 6709: degrees, or degrees and minutes, or those and seconds; metres."""
    match = _ISO_6709.match(text.strip())
    if match is None:
        return None
    latitude, longitude = _degrees(match[1], 2), _degrees(match[2], 3)
    if abs(latitude) > 90 or abs(longitude) > 180 or (latitude, longitude) == (0, 0):
        return None
    return Location(latitude, longitude, None if match[3] is None else float(match[3]))


def _degrees(text: str, digits: int) -> float:
    """``digits`` are those of the whole degrees; two more are minutes, two more seconds."""
    whole, _, fraction = text[1:].partition(".")
    parts = [whole[:digits], *(whole[place : place + 2] for place in range(digits, len(whole), 2))]
    parts[-1] += f".{fraction}"
    value: float = sum(float(part) / 60**place for place, part in enumerate(parts[:3]))
    return -value if text[0] == "-" else value


def _streams(clip: Clip) -> Iterator[tuple[str, str]]:
    context = clip.stream.codec_context
    yield "Video Codec", " ".join(part for part in (context.codec.name, context.profile) if part)
    yield "Video PixelFormat", context.pix_fmt or ""
    if clip.stream.average_rate:
        yield "Video FrameRate", f"{float(clip.stream.average_rate):.6g}"
    for stream in clip.container.streams.audio[:1]:
        if stream.codec_context is not None:
            yield "Audio Codec", stream.codec_context.name
            yield "Audio SampleRate", str(stream.codec_context.sample_rate)
            yield "Audio Channels", str(stream.codec_context.channels)


def _first(tags: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((tags[name] for name in names if tags.get(name)), None)


def _shown(text: str) -> str:
    shown = "".join(character for character in text if character.isprintable() or character in "\n\t").strip()
    return shown if len(shown) <= MAX_TEXT else shown[: MAX_TEXT - 1] + "…"
