"""A library of any size in a few minutes, to measure with: rows, vectors and files are written straight in.

A few hundred scenes are drawn and embedded. Each item is one of them: its original has bytes of its own, its thumbnails
are other names of the scene's, its vector lies near the scene's. So the library is whole by every rule: a repair finds
nothing to do.
"""

import hashlib
import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from PIL import Image

from gallerynet.core.clock import timestamp
from gallerynet.core.database import Transaction
from gallerynet.core.database.tables import favorites, media
from gallerynet.core.events import EventKind, record_media
from gallerynet.core.ids import Id, new_id
from gallerynet.core.ingest.metadata.beside import Beside
from gallerynet.core.ingest.pipeline import Processed, derived_columns
from gallerynet.core.library import Library
from gallerynet.core.storage import THUMBNAIL_SUFFIXES
from gallerynet.demo.scenes import KINDS, draw

# Steps done, of how many, and what it is at.
Report = Callable[[int, int, str], None]

SCENES = 280
AT_ONCE = 5_000  # items of one transaction
SIDES = ((480, 320), (320, 480), (480, 360), (480, 270), (400, 400))
SPREAD = 0.7  # length of what tells an item's vector from its scene's
YEARS = 20
NEWEST = datetime(2026, 10, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Scene:
    content: bytes
    thumbnails: dict[str, Path]
    processed: Processed
    columns: dict[str, Any]


def fill_synthetically(library: Library, count: int, report: Report, scenes: int = SCENES) -> None:
    """Adds ``count`` items of so many scenes, taken over twenty years; every fortieth is a favourite."""
    staged = library.storage.stage()
    try:
        drawn = list(_scenes(library, staged.thumbnails, min(count, scenes), report))
        random = np.random.default_rng(11)
        for start in range(0, count, AT_ONCE):
            report(start, count, "Adding items")
            part = range(start, min(count, start + AT_ONCE))
            ids = [new_id() for _ in part]
            chosen = [drawn[int(index)] for index in random.integers(len(drawn), size=len(ids))]
            rows = [_write(library, *item) for item in zip(part, ids, chosen, strict=True)]
            dates = np.sort(random.uniform(count - part.stop, count - part.start, len(ids)))[::-1] / count
            with library.database.write() as tx:
                _insert(tx, random, rows, chosen, [float(share) for share in dates])
    finally:
        library.storage.discard(staged)
    report(count, count, "Adding items")


def _scenes(library: Library, folder: Path, count: int, report: Report) -> Iterator[Scene]:
    for number in range(count):
        report(number, count, "Drawing scenes")
        path = folder / f"{number}.jpg"
        draw(list(KINDS)[number % len(KINDS)], 1_000 + number, SIDES[number % len(SIDES)]).save(path, quality=60)
        thumbnails = folder / f"thumbnails-{number}"
        thumbnails.mkdir()
        processed = library.ingest.process(path, path.name, thumbnails)
        for size, side in (("large", 480), ("small", 240), ("square", 120)):
            _shrink(thumbnails / f"{size}.jpg", side)
        yield Scene(
            path.read_bytes(),
            {size: thumbnails / f"{size}.jpg" for size in THUMBNAIL_SUFFIXES},
            processed,
            derived_columns(processed, library.embedder, Beside()),
        )


def _shrink(path: Path, side: int) -> None:
    with Image.open(path) as image:
        image.thumbnail((side, side))
        image.save(path, quality=60)


def _write(library: Library, number: int, identity: Id, scene: Scene) -> dict[str, Any]:
    """The item's files; returns its row but for the date. What follows the end of a JPEG is not part of the picture."""
    content = scene.content + identity.encode()
    filename = library.storage.filename(identity, "jpg")
    original = library.storage.original(filename)
    original.parent.mkdir(parents=True, exist_ok=True)
    original.write_bytes(content)
    for size, path in scene.thumbnails.items():
        _put(path, library.storage.thumbnail(identity, size))
    return {
        **scene.columns,
        "id": identity,
        "filename": filename,
        "original_filename": f"IMG_{number:06}.jpg",
        "media_type": "image",
        "mime_type": "image/jpeg",
        "content_hash": hashlib.sha256(content).hexdigest(),
        "crc32": zlib.crc32(content),
        "size_bytes": len(content),
        "original_date_source": "EXIF",
    }


def _put(source: Path, target: Path) -> None:
    """Another name for the same file, where the file system knows such a thing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _insert(
    tx: Transaction,
    random: np.random.Generator,
    rows: list[dict[str, Any]],
    scenes: list[Scene],
    shares: list[float],
) -> None:
    for row, share in zip(rows, shares, strict=True):
        row["original_date"] = timestamp(NEWEST - timedelta(days=365.25 * YEARS * share**1.5))
        row["uploaded_at"] = tx.started_at
    keys = list(tx.execute(sa.insert(media).returning(media.c.key, sort_by_parameter_order=True), rows).scalars())
    for key, vector in zip(keys, _vectors(random, scenes), strict=True):
        tx.put_vector(key, vector)
    liked = [{"media_id": row["id"], "created_at": tx.started_at} for row in rows[::40]]
    tx.execute(sa.insert(favorites), liked)
    record_media(tx, EventKind.MEDIA_ADDED, [row["id"] for row in rows])


def _vectors(random: np.random.Generator, scenes: list[Scene]) -> NDArray[np.float32]:
    """One unit vector a row: the scene's, and something of its own."""
    vectors = np.stack([scene.processed.vector for scene in scenes])
    own = random.standard_normal(vectors.shape, dtype=np.float32)
    vectors = vectors + SPREAD * own / np.linalg.norm(own, axis=1, keepdims=True)
    found: NDArray[np.float32] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return found
