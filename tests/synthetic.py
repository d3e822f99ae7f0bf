"""Libraries of many items in seconds: their rows are written directly, and they share a few drawn pictures."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from benchmarks.lists import fill
from gallerynet.core.database.tables import media
from gallerynet.core.ids import Id
from gallerynet.core.ingest.pipeline import DECODER, THUMBNAIL_VERSION
from gallerynet.core.library import Library, LibraryPaths
from gallerynet.core.storage import Storage
from gallerynet.settings import Settings
from tests.pictures import drawn, encode
from tests.server import Server

EACH_SHAPE = 6
LENGTHS = {"square": 224, "small": 480, "large": 1600}


def fill_folder(folder: Path, count: int) -> None:
    """Makes ``folder`` what a server finds that has run there: ``count`` items over twenty years, with thumbnails.

    There are no originals. Maintenance leaves the items alone, since their processing is marked as failed.
    """
    library = opened(folder)
    try:
        fill(library, count)
        with library.database.write() as tx:
            tx.execute(
                sa.update(media).values(
                    thumbnail_version=THUMBNAIL_VERSION, decoded_by=DECODER, processing_error="Drawn, without a file."
                )
            )
            rows = tx.execute(sa.select(media.c.id, media.c.width, media.c.height)).all()
        _link_thumbnails(library.storage, [tuple(row) for row in rows])
    finally:
        library.close()


def opened(folder: Path) -> Library:
    """The library of such a folder."""
    paths = LibraryPaths(folder / "gallery.db", Settings().model_path, folder / "uploads", folder / "thumbnails")
    return Library(paths, workers=1)


@contextmanager
def served(folder: Path, count: int) -> Iterator[Server]:
    """A server over such a folder, which must end without a word of complaint."""
    fill_folder(folder, count)
    with running(folder) as server:
        yield server


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """A server over a folder that is filled."""
    server = Server(folder)
    yield server
    assert server.stop() == 0
    assert (folder / "stderr.log").read_text() == ""


def _link_thumbnails(storage: Storage, rows: list[tuple[Id, int, int]]) -> None:
    """Hard links to a handful of pictures of each shape, in every size."""
    pictures: dict[tuple[int, int, int, str], Path] = {}
    for number, (identity, width, height) in enumerate(rows):
        for size, length in LENGTHS.items():
            key = (width, height, number % EACH_SHAPE, size)
            target = storage.thumbnail(identity, size)
            target.parent.mkdir(parents=True, exist_ok=True)
            if key in pictures:
                os.link(pictures[key], target)
            else:
                scale = length / max(width, height)
                shape = (length, length) if size == "square" else (round(width * scale), round(height * scale))
                target.write_bytes(encode(drawn(len(pictures) // len(LENGTHS), shape), quality=80))
                pictures[key] = target
