"""The pictures of the demo: what they are called, when and where they were taken, which belong together."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
from PIL import Image

from gallerynet.demo.film import film
from gallerynet.demo.scenes import draw

# The same at each run, so that what a restart cuts off goes on where it was.
NEWEST = datetime(2026, 10, 30, 17, 40, tzinfo=UTC)
SIZES = ((1440, 960), (1440, 960), (960, 1440), (1440, 1080), (1600, 900), (1200, 1200), (1800, 760))
PACKAGED = Path(__file__).parent / "photographs"
OF_SKLEARN = Path(str(distribution("scikit-learn").locate_file("sklearn/datasets/images")))

# Kind, how many of it, and where: degrees north and east.
DRAWN: tuple[tuple[str, int, tuple[tuple[float, float], ...]], ...] = (
    ("mountains", 14, ((46.56, 8.56), (45.98, 7.66), (-13.16, -72.54), (51.18, -115.57), (27.99, 86.93))),
    ("sea", 14, ((38.69, -9.42), (35.34, 25.13), (-33.86, 151.28), (36.39, 25.46), (20.8, -156.33))),
    ("forest", 8, ((48.0, 8.1), (61.9, 25.7), (49.3, -123.1))),
    ("meadow", 8, ((52.2, 4.6), (47.6, 13.0))),
    ("city", 8, ((40.75, -73.98), (35.68, 139.76), (51.5, -0.12), (-23.55, -46.63))),
    ("stars", 6, ((-24.6, -70.4), (28.76, -17.89))),
    ("balloons", 6, ((38.64, 34.83), (35.08, -106.65))),
)
# Copies as people come to have them; smaller ones, and one that was made brighter.
COPIED = (("mountains", 2), ("sea", 1), ("balloons", 0), ("city", 3))
# Shots of one moment: kind, and which.
BURSTS = (("balloons", 60, 3), ("sea", 60, 2))
FILMS = (("sea", 61), ("balloons", 62))
PHOTOGRAPHS = (*sorted(PACKAGED.glob("*.jpg")), OF_SKLEARN / "china.jpg", OF_SKLEARN / "flower.jpg")
TOTAL = (
    sum(count for _, count, _ in DRAWN)
    + len(COPIED)
    + sum(count for *_, count in BURSTS)
    + len(FILMS)
    + len(PHOTOGRAPHS)
)


@dataclass(frozen=True)
class Picture:
    kind: str
    name: str
    make: Callable[[], bytes]  # draws it, which takes most of the time


Place = tuple[float, float]
Size = tuple[int, int]

# For what comes of one picture: its copy, the other shots of a burst.
_drawn = lru_cache(maxsize=1)(draw)


def pictures() -> Iterator[Picture]:
    """All of them; those alone newest first, then bursts and films."""
    order = [(kind, number, places) for kind, count, places in DRAWN for number in range(count)]
    np.random.default_rng(7).shuffle(order)
    packaged = list(PHOTOGRAPHS)
    taken = NEWEST
    for position, (kind, number, places) in enumerate(order):
        taken -= timedelta(days=(3, 0, 11, 1, 0, 24)[position % 6], hours=2 + position % 5, minutes=7 * (position % 8))
        size = SIZES[(number + position) % len(SIZES)]
        north, east = places[number % len(places)]
        place = (north + number / 200, east + number / 300)
        yield Picture(kind, f"{kind}-{number + 1:02}.jpg", partial(_original, kind, number, size, taken, place))
        if (kind, number) in COPIED:
            name = f"{kind}-{number + 1:02} (small).jpg"
            yield Picture("copy", name, partial(_half, kind, number, size, taken))
        if position % 8 == 4 and packaged:
            path = packaged.pop()
            yield Picture("photograph", path.name, partial(_photograph, path, taken))

    for position, (kind, seed, count) in enumerate(BURSTS):
        for number in range(count):
            taken = NEWEST - timedelta(days=1 + 30 * position, seconds=-2 * number)
            yield Picture("burst", f"{kind}-burst-{number + 1}.jpg", partial(_shot, kind, seed, number, taken))
    for number, (kind, seed) in enumerate(FILMS):
        taken = NEWEST - timedelta(days=2 + 40 * number, hours=3)
        yield Picture("film", f"{kind}.mp4", partial(_film, kind, seed, taken))


def _original(kind: str, seed: int, size: Size, taken: datetime, place: Place) -> bytes:
    return _encode(_drawn(kind, seed, size), 88, taken, place)


def _half(kind: str, seed: int, size: Size, taken: datetime) -> bytes:
    half = _drawn(kind, seed, size).resize((size[0] // 2, size[1] // 2), Image.Resampling.LANCZOS)
    return _encode(half, 70, taken, None)


def _photograph(path: Path, taken: datetime) -> bytes:
    with Image.open(path) as photograph:
        return _encode(photograph.convert("RGB"), 92, taken, None)


def _shot(kind: str, seed: int, number: int, taken: datetime) -> bytes:
    """By a hand that is not quite still, two seconds after the one before."""
    left, top = 14 * number, 9 * number
    return _encode(_drawn(kind, seed, (1500, 1000)).crop((left, top, left + 1440, top + 960)), 88, taken, None)


def _film(kind: str, seed: int, taken: datetime) -> bytes:
    return film(_drawn(kind, seed, (1600, 900)), (960, 540), 5, taken)


def _encode(image: Image.Image, quality: int, taken: datetime, place: Place | None) -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "GalleryNet", "Paintbox"
    exif.get_ifd(0x8769)[0x9003] = f"{taken:%Y:%m:%d %H:%M:%S}"
    if place is not None:
        north, east = place
        exif.get_ifd(0x8825).update(
            {1: "N" if north >= 0 else "S", 2: _degrees(north), 3: "E" if east >= 0 else "W", 4: _degrees(east)}
        )
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality, exif=exif)
    return target.getvalue()


def _degrees(value: float) -> tuple[float, float, float]:
    whole, rest = divmod(abs(value), 1)
    minutes, rest = divmod(rest * 60, 1)
    return float(whole), float(minutes), round(rest * 60, 2)
