"""The library heals itself: what is missing is made again, and what cannot be keeps its reason."""

import dataclasses
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from gallerynet.core.database.tables import media
from gallerynet.core.ingest.pipeline import DECODER, Added
from gallerynet.core.ingest.receive import Receiver
from gallerynet.core.jobs import Job, JobKind, JobState
from gallerynet.core.library import Library, LibraryPaths
from gallerynet.core.media.model import Media
from gallerynet.core.media.rows import find
from tests.models import make_model
from tests.pictures import drawn, encode
from tests.raws import negative


def add(library: Library, name: str, content: bytes) -> Media:
    receiver = Receiver(library.storage, name)
    receiver.write(content)
    outcome = library.ingest.add(receiver.finish(), None, allow_near_duplicates=True)
    assert isinstance(outcome, Added)
    return outcome.media


def read(library: Library, item: Media) -> Media:
    with library.database.read() as connection:
        return find(connection, item.id)


def change(library: Library, item: Media, **values: object) -> None:
    with library.database.write() as tx:
        tx.execute(sa.update(media).where(media.c.key == item.key).values(values))


def run(library: Library, kind: JobKind, **arguments: object) -> Job:
    """What the job came to."""
    library.jobs.start()
    queued = library.jobs.queue(kind, arguments)
    while not (job := library.jobs.find(queued.id)).is_finished:
        pass
    assert job.state is JobState.SUCCEEDED
    return job


@contextmanager
def opened(paths: LibraryPaths) -> Iterator[Library]:
    library = Library(paths, workers=2)
    try:
        yield library
    finally:
        library.close()


@pytest.mark.parametrize(
    "missing",
    [{"phash": None}, {"crc32": None, "content_hash": None}, {"size_bytes": 1}, {"embedding_model": None}],
    ids=["hash", "checksums", "size", "embedding"],
)
def test_what_a_row_lacks_is_filled_in(library: Library, missing: dict[str, object]) -> None:
    item = add(library, "picture.jpg", encode(drawn(1)))
    whole = add(library, "whole.jpg", encode(drawn(2)))
    change(library, item, **missing)
    assert run(library, JobKind.REPAIR).message == "1 item repaired."
    assert read(library, item) == item
    assert read(library, whole) == whole
    assert run(library, JobKind.REPAIR).message == "0 items repaired."


@pytest.mark.parametrize("size", ["square", "small"])
def test_a_thumbnail_that_is_lost_or_empty_is_made_again(library: Library, size: str) -> None:
    item = add(library, "picture.jpg", encode(drawn(1)))
    path = library.storage.thumbnail(item.id, size)
    before = path.read_bytes()
    for spoil in (path.unlink, lambda: path.write_bytes(b"")):
        spoil()
        run(library, JobKind.REPAIR)
        assert path.read_bytes() == before


def test_an_undecodable_file_keeps_its_row_and_waits_for_another_decoder(library: Library) -> None:
    """As a raw file lies in a library of the original: its row is there, and nothing could read it."""
    item = add(library, "shot.dng", negative(drawn(1, (640, 480))))
    path = library.storage.original(item.filename)
    good = path.read_bytes()
    path.write_bytes(good[:200])
    change(library, item, phash=None, content_hash=None)
    assert run(library, JobKind.REPAIR).message == "0 items repaired. 1 could not be: see their errors."
    failed = read(library, item)
    assert failed.processing_error is not None
    assert "damaged" in failed.processing_error

    path.write_bytes(good)  # so that a try would succeed
    assert run(library, JobKind.REPAIR).message == "0 items repaired."  # and none is made: the decoder is the same
    change(library, item, decoded_by="an older one")
    assert run(library, JobKind.REPAIR).message == "1 item repaired."
    assert read(library, item) == item

    change(library, item, phash=None, processing_error="damaged", decoded_by=DECODER)
    assert run(library, JobKind.REPAIR, ids=[item.id]).message == "1 item repaired."  # who names it is obeyed


def test_a_file_that_is_no_longer_itself_is_named_and_not_believed(library: Library) -> None:
    item = add(library, "picture.jpg", encode(drawn(1)))
    path = library.storage.original(item.filename)
    good = path.read_bytes()
    path.write_bytes(encode(drawn(2)))
    run(library, JobKind.REPAIR)
    changed = read(library, item)
    assert changed.processing_error is not None
    assert "no longer the file that came in" in changed.processing_error
    assert (changed.content_hash, changed.size_bytes) == (item.content_hash, item.size_bytes)
    path.write_bytes(good)
    run(library, JobKind.REPAIR)
    assert read(library, item).processing_error is None


def test_an_original_that_comes_back_is_taken_up_again(library: Library) -> None:
    item = add(library, "picture.jpg", encode(drawn(1)))
    path = library.storage.original(item.filename)
    aside = path.with_name("aside")
    path.rename(aside)
    run(library, JobKind.REPAIR)
    assert read(library, item).processing_error == "The original is missing on the server's disk."
    aside.rename(path)
    assert run(library, JobKind.REPAIR).message == "1 item repaired."
    assert read(library, item) == item


def test_another_model_embeds_the_library_anew_while_it_is_searched(
    library_paths: LibraryPaths, tmp_path: Path
) -> None:
    with opened(library_paths) as library:
        items = [add(library, f"{seed}.jpg", encode(drawn(seed))) for seed in range(12)]
    other = dataclasses.replace(library_paths, model=make_model(tmp_path / "models"))
    with opened(other) as library:
        new = add(library, "new.jpg", encode(drawn(100)))
        found: list[int] = []

        def search(_: Job) -> None:
            page = library.likeness.similar(library.likeness.by_item(new.id), 0, 200, None)
            found.append(page.total_count)

        library.jobs.on_change(search)
        assert run(library, JobKind.REPAIR).message == "0 items repaired."  # nothing is missing but the vectors
        found.clear()
        assert run(library, JobKind.REEMBED).message == "12 items embedded anew."
        deadline = time.monotonic() + 30
        while found[-1:] != [len(items)] and time.monotonic() < deadline:  # its end is told once it is written
            time.sleep(0.01)
        assert found[0] == 0
        assert found == sorted(found)
        assert found[-1] == len(items)
        assert all(read(library, item).is_searchable for item in items)
        assert run(library, JobKind.REEMBED).message == "0 items embedded anew."
        assert len(library.index) == len(items) + 1
    with opened(other) as library:  # and so it stays
        assert len(library.index) == len(items) + 1


def test_the_large_thumbnail_of_an_item_that_goes_meanwhile_is_no_stray_file(library: Library) -> None:
    item = add(library, "picture.jpg", encode(drawn(1, (2400, 1800))))
    assert not library.storage.has_thumbnail(item.id, "large")
    path = library.storage.original(item.filename)
    content = path.read_bytes()
    library.trash.delete([item.id], permanently=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)  # as it is while the one who asked has it open
    library.ingest.make_large(item)
    assert not path.exists()
    assert not library.storage.has_thumbnail(item.id, "large")
