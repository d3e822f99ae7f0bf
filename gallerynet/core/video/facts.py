"""What a video's container says of it: when, where and with what it was taken."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from gallerynet.core.ingest.metadata.model import Metadata, bounded, shown
from gallerynet.core.ingest.metadata.places import parse_iso_6709
from gallerynet.core.media.model import Camera, DateSource
from gallerynet.core.video.container import Clip

# Apple's carries the time zone of the place; the others are in UTC, or do not say.
DATES = ("com.apple.quicktime.creationdate", "creation_time", "date", "date_utc", "date_recorded")
PLACES = ("com.apple.quicktime.location.iso6709", "location", "location-eng")
MAKERS = ("com.apple.quicktime.make", "com.android.manufacturer", "make")
MODELS = ("com.apple.quicktime.model", "com.android.model", "model")
LENSES = ("com.apple.quicktime.camera.lens_model", "lens_model")
# What a clock that was never set says: the zero of QuickTime, of Unix, of Matroska.
ZEROS = frozenset(datetime(year, 1, 1, tzinfo=UTC) for year in (1904, 1970, 2001))


def read_facts(clip: Clip) -> Metadata:
    """Bounded in number and length; empty where the file says nothing."""
    tags = {name.lower(): shown(text) for name, text in {**clip.stream.metadata, **clip.container.metadata}.items()}
    entries = [*_streams(clip), *((f"Container {name}", text) for name, text in sorted(tags.items()))]
    camera = Camera(_first(tags, MAKERS), _first(tags, MODELS), _first(tags, LENSES), None, None, None, None)
    dates = [found for name in DATES if (found := recorded_at(tags.get(name, ""))) is not None]
    return Metadata(
        bounded(entries),
        camera if camera.is_known() else None,
        parse_iso_6709(_first(tags, PLACES) or ""),
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
