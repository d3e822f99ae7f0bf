from datetime import timedelta

import sqlalchemy as sa

from gallerynet.core.clock import Timestamp, now, timestamp, to_datetime
from gallerynet.core.database.tables import media, removed_files
from gallerynet.core.ids import Id
from gallerynet.core.ingest.pipeline import Added
from gallerynet.core.ingest.receive import Receiver
from gallerynet.core.library import Library, LibraryPaths
from gallerynet.core.media.filters import EVERYTHING
from gallerynet.core.media.listing import NEWEST_FIRST
from gallerynet.core.trash import Trash
from tests.pictures import drawn, encode
from tests.server import stored_files


def _add(library: Library, seed: int) -> Id:
    receiver = Receiver(library.storage, f"{seed}.jpg")
    receiver.write(encode(drawn(seed)))
    outcome = library.ingest.add(receiver.finish(), None, allow_near_duplicates=True)
    assert isinstance(outcome, Added)
    return outcome.media.id


def test_the_trash_is_kept_for_thirty_days(library: Library) -> None:
    old, young, kept = (_add(library, seed) for seed in range(3))
    library.trash.delete([old, young], permanently=False)
    with library.database.write() as tx:
        tx.execute(sa.update(media).where(media.c.id == old).values(trashed_at=_ago(days=10)))

    def in_three_weeks() -> Timestamp:
        return timestamp(to_datetime(now()) + timedelta(days=21))

    assert library.trash.purge_expired().count == 0
    assert Trash(library.database, library.storage, in_three_weeks).purge_expired().ids == [old]
    assert len(stored_files(library.storage.uploads)) == 2
    assert [item.id for item in library.trash.restore([young])] == [young]
    assert library.lists.count(EVERYTHING) == 2
    assert kept in {item.id for item in library.lists.window(EVERYTHING, NEWEST_FIRST, 0, 10)}


def test_files_that_a_crash_spared_go_at_the_next_start(library_paths: LibraryPaths) -> None:
    library = Library(library_paths, workers=1)
    gone, kept = _add(library, 1), _add(library, 2)
    with library.database.write() as tx:  # the rows went, then the power
        tx.execute(sa.delete(media).where(media.c.id == gone))
        tx.execute(sa.insert(removed_files).values(media_id=gone))
    library.close()
    again = Library(library_paths, workers=1)
    assert [name for name in stored_files(library_paths.uploads) if gone in name] == []
    assert len([name for name in stored_files(library_paths.thumbnails) if kept in name]) == 3
    again.close()


def test_vectors_go_with_their_items(library: Library) -> None:
    ids = [_add(library, seed) for seed in range(3)]
    assert len(library.index) == 3
    library.trash.delete(ids[:1], permanently=True)
    assert len(library.index) == 2
    assert _add(library, 0) not in ids


def _ago(days: int) -> Timestamp:
    return timestamp(to_datetime(now()) - timedelta(days=days))
