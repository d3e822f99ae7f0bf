"""Every way in which a library can be broken is told from the others, and from what is whole."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from gallerynet.core.database.tables import media
from gallerynet.core.digests import sha256_of
from gallerynet.core.ids import new_id
from gallerynet.core.ingest.pipeline import Added
from gallerynet.core.ingest.receive import Receiver
from gallerynet.core.integrity import CHANGED, MISSING, Finding, Flaw, check
from gallerynet.core.jobs import JobKind, JobState
from gallerynet.core.library import Library
from gallerynet.core.media.model import Media
from gallerynet.core.media.rows import find
from tests.pictures import drawn, encode


def add(library: Library, seed: int) -> Media:
    receiver = Receiver(library.storage, f"{seed}.jpg")
    receiver.write(encode(drawn(seed)))
    outcome = library.ingest.add(receiver.finish(), None, allow_near_duplicates=True)
    assert isinstance(outcome, Added)
    return outcome.media


def found(library: Library, is_quick: bool = False) -> list[Finding]:
    return list(check(library.database, library.storage, lambda *_: None, is_quick))


def original(library: Library, item: Media) -> Path:
    return library.storage.original(item.filename)


def flip_a_byte(library: Library, item: Media) -> None:
    content = bytearray(original(library, item).read_bytes())
    content[len(content) // 2] ^= 1
    original(library, item).write_bytes(content)


def cut_off(library: Library, item: Media) -> None:
    original(library, item).write_bytes(original(library, item).read_bytes()[:-1])


def make_unreadable(library: Library, item: Media) -> None:
    original(library, item).unlink()
    original(library, item).mkdir()


def lose_thumbnail(library: Library, item: Media) -> None:
    library.storage.thumbnail(item.id, "small").unlink()


def lose_vector(library: Library, item: Media) -> None:
    with library.database.write() as tx:
        tx.connection.exec_driver_sql("DELETE FROM vec_media WHERE key = ?", (item.key,))


def fail(library: Library, item: Media) -> None:
    with library.database.write() as tx:
        tx.execute(sa.update(media).where(media.c.key == item.key).values(processing_error="It is cut off."))


WAYS: dict[Flaw, Callable[[Library, Media], object]] = {
    Flaw.MISSING: lambda library, item: original(library, item).unlink(),
    Flaw.CHANGED: flip_a_byte,
    Flaw.UNREADABLE: make_unreadable,
    Flaw.UNPROCESSED: fail,
    Flaw.THUMBNAILS: lose_thumbnail,
    Flaw.VECTORS: lose_vector,
}


@pytest.mark.parametrize("flaw", WAYS)
def test_one_broken_item_is_named_and_the_others_are_not(library: Library, flaw: Flaw) -> None:
    items = [add(library, seed) for seed in range(3)]
    assert found(library) == []
    before = sha256_of(library.database.path)
    WAYS[flaw](library, items[1])
    if flaw is Flaw.UNREADABLE:  # a folder has a size of its own
        with library.database.write() as tx:
            size = original(library, items[1]).stat().st_size
            tx.execute(sa.update(media).where(media.c.key == items[1].key).values(size_bytes=size))
    (finding,) = found(library)
    assert (finding.flaw, finding.item) == (flaw, items[1].id)
    assert sha256_of(library.database.path) == before  # the write-ahead log aside, nothing was written


def test_a_quick_look_sees_sizes_alone(library: Library) -> None:
    one, other = add(library, 1), add(library, 2)
    flip_a_byte(library, one)
    cut_off(library, other)
    assert [finding.item for finding in found(library, is_quick=True)] == [other.id]
    assert [finding.item for finding in found(library)] == [one.id, other.id]


def test_files_of_nobody_are_named_and_left(library: Library) -> None:
    item = add(library, 1)
    strangers = [library.storage.original(library.storage.filename(new_id(), "jpg")), original(library, item)]
    strangers[1] = strangers[1].with_name("notes.txt")
    for path in strangers:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"whatever")
    assert {(finding.flaw, Path(finding.what).name) for finding in found(library)} == {
        (Flaw.STRAY, path.name) for path in strangers
    }
    assert all(path.read_bytes() == b"whatever" for path in strangers)


def test_what_is_on_its_way_is_no_stray_file(library: Library) -> None:
    staged = library.storage.stage()
    staged.original.write_bytes(b"picture")
    library.storage.place(staged, library.storage.filename(staged.id, "jpg"))
    assert found(library) == []
    library.storage.discard(staged)
    assert [finding.flaw for finding in found(library)] == [Flaw.STRAY]


def test_a_damaged_row_and_a_vector_of_nobody_are_faults_of_the_database(library: Library) -> None:
    item = add(library, 1)
    with library.database.write() as tx:
        tx.connection.exec_driver_sql(
            "INSERT INTO vec_media (key, embedding) SELECT 4711, embedding FROM vec_media WHERE key = ?", (item.key,)
        )
    (finding,) = found(library)
    assert finding.flaw is Flaw.DATABASE
    assert "4711" in finding.reason


def test_the_job_tells_items_what_is_wrong_with_them(library: Library) -> None:
    items = [add(library, seed) for seed in range(4)]
    flip_a_byte(library, items[0])
    kept = original(library, items[1]).read_bytes()
    original(library, items[1]).unlink()
    lose_thumbnail(library, items[2])
    assert run(library, JobKind.INTEGRITY_CHECK) == (
        "4 items checked. Originals missing: 1; Originals changed: 1; Items without thumbnails: 1."
    )

    def errors() -> list[str | None]:
        with library.database.read() as connection:
            return [find(connection, item.id).processing_error for item in items]

    assert run(library, JobKind.REPAIR)  # which the check has asked for, since it can mend the thumbnails
    assert library.storage.has_thumbnails(items[2].id)
    assert errors() == [CHANGED, MISSING, None, None]
    original(library, items[1]).write_bytes(kept)
    flip_a_byte(library, items[0])  # back
    assert run(library, JobKind.REPAIR)
    assert errors() == [None] * 4
    assert run(library, JobKind.INTEGRITY_CHECK) == "4 items checked: everything is there."


def run(library: Library, kind: JobKind) -> str | None:
    library.jobs.start()
    queued = library.jobs.queue(kind)
    while not (job := library.jobs.find(queued.id)).is_finished:
        pass
    assert job.state is JobState.SUCCEEDED
    return job.message
