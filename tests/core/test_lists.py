import base64
import itertools
import threading
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gallerynet.core.clock import Timestamp
from gallerynet.core.database import Database
from gallerynet.core.database.migrate import migrate
from gallerynet.core.database.tables import favorites, media
from gallerynet.core.errors import InvalidInput
from gallerynet.core.ids import Id, new_id
from gallerynet.core.media.filters import EVERYTHING, MediaFilter
from gallerynet.core.media.listing import NEWEST_FIRST, Granularity, MediaLists, MediaSort, SortField
from gallerynet.core.media.model import MediaType

ORDERS = [MediaSort(field, descending) for field in SortField for descending in (True, False)]
FILTERS = [EVERYTHING, MediaFilter(favorite=True), MediaFilter(media_type=MediaType.IMAGE, text="img")]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(tmp_path / "gallery.db")
    migrate(made)
    return made


def _insert(database: Database, *ranks: int, **columns: Any) -> list[Id]:
    """Items that differ by ``ranks`` in whatever can be sorted by; every other one is a favourite."""
    rows = [
        {
            "id": new_id(),
            "filename": new_id(),
            "original_filename": f"{'IMG' if rank % 2 else 'img'} {rank:03d}.jpg",
            "mime_type": "image/jpeg",
            "size_bytes": rank,
            "uploaded_at": f"2024-01-01T00:00:{rank % 60:02d}.000Z",
            "original_date": f"20{rank % 25:02d}-06-01T00:00:00.000Z",
            **columns,
        }
        for rank in ranks
    ]
    with database.write() as tx:
        tx.execute(sa.insert(media), rows)
        liked = [{"media_id": row["id"], "created_at": tx.started_at} for row in rows[::2]]
        tx.execute(sa.insert(favorites), liked)
    return [row["id"] for row in rows]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order.field.name} {order.descending}")
@given(
    ranks=st.lists(st.integers(0, 30), min_size=1, max_size=40),
    page=st.integers(1, 7),
    changes=st.lists(st.tuples(st.booleans(), st.integers(0, 30)), max_size=12),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_neither_repeat_nor_skip_while_others_come_and_go(
    database: Database, order: MediaSort, ranks: list[int], page: int, changes: list[tuple[bool, int]]
) -> None:
    with database.write() as tx:
        tx.execute(sa.delete(media))
    stable = set(_insert(database, *ranks))
    lists = MediaLists(database)
    passing: list[Id] = []
    seen: list[Id] = []
    cursor = None
    pending = iter(changes)
    while True:
        found = lists.page(EVERYTHING, order, page, cursor)
        seen += [item.id for item in found.items]
        if not found.has_next:
            break
        cursor = found.cursors[-1]
        for adds, rank in itertools.islice(pending, 2):
            if adds:
                passing += _insert(database, rank)
            elif passing:
                with database.write() as tx:
                    tx.execute(sa.delete(media).where(media.c.id == passing.pop()))
    assert len(seen) == len(set(seen))
    assert stable <= set(seen)


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order.field.name} {order.descending}")
@pytest.mark.parametrize("wanted", FILTERS)
def test_pages_windows_timeline_and_count_agree(database: Database, order: MediaSort, wanted: MediaFilter) -> None:
    _insert(database, *range(40), *range(20), width=400, height=300)
    _insert(database, 5, trashed_at="2024-01-01T00:00:00.000Z")
    lists = MediaLists(database)
    paged: list[Id] = []
    cursor = None
    while True:
        found = lists.page(wanted, order, 7, cursor)
        paged += [item.id for item in found.items]
        if not found.has_next:
            break
        cursor = found.cursors[-1]
    windowed = [item.id for start in range(0, 70, 9) for item in lists.window(wanted, order, start, 9)]
    assert windowed == paged
    timeline = lists.timeline(wanted, order, Granularity.MONTH)
    assert timeline.total_count == lists.count(wanted) == len(paged)
    assert len(base64.b64decode(timeline.aspect_ratios)) == len(paged)
    assert set(base64.b64decode(timeline.aspect_ratios)) == {141}  # 128 + 32 log2(4 / 3)
    if order.field is SortField.DATE:
        months = [
            item.original_date[:7] for start in range(0, 70, 60) for item in lists.window(wanted, order, start, 60)
        ]
        assert [(bucket.key, bucket.count) for bucket in timeline.buckets] == [
            (month, len(list(group))) for month, group in itertools.groupby(months)
        ]


def test_a_revision_changes_with_members_and_order_alone(database: Database) -> None:
    ids = _insert(database, 1, 2, 3)
    lists = MediaLists(database)
    before = lists.timeline(EVERYTHING, NEWEST_FIRST, Granularity.MONTH).revision
    with database.write() as tx:
        tx.execute(sa.update(media).values(camera_make="Acme"))
    assert lists.timeline(EVERYTHING, NEWEST_FIRST, Granularity.DAY).revision == before
    with database.write() as tx:
        tx.execute(sa.update(media).where(media.c.id == ids[0]).values(original_date="2025-01-01T00:00:00.000Z"))
    assert lists.timeline(EVERYTHING, NEWEST_FIRST, Granularity.MONTH).revision != before


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order.field.name} {order.descending}")
def test_every_order_has_its_index(database: Database, order: MediaSort) -> None:
    query = sa.select(media.c.key).where(media.c.trashed_at.is_(None)).order_by(*order.order()).limit(60)
    text = str(query.compile(database._readers, compile_kwargs={"literal_binds": True}))  # noqa: SLF001 - its dialect
    with database.read() as connection:
        plan = " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}"))
    assert "USING COVERING INDEX" in plan
    assert "TEMP B-TREE" not in plan


def test_counts_are_kept(database: Database) -> None:
    lists = MediaLists(database)
    assert lists.count(EVERYTHING) == 0
    ids = _insert(database, 1, 2, 3)
    _insert(database, 4, media_type="video", mime_type="video/mp4")
    videos = MediaFilter(media_type=MediaType.VIDEO)
    assert (lists.count(EVERYTHING), lists.count(videos), lists.count(MediaFilter(trashed=True))) == (4, 1, 0)
    with database.write() as tx:
        tx.execute(sa.update(media).where(media.c.id == ids[0]).values(trashed_at="2024-01-01T00:00:00.000Z"))
    assert (lists.count(EVERYTHING), lists.count(MediaFilter(trashed=True))) == (3, 1)
    with database.write() as tx:
        tx.execute(sa.delete(media).where(media.c.id == ids[0]))
    assert (lists.count(EVERYTHING), lists.count(MediaFilter(trashed=True))) == (3, 0)


def test_a_cursor_of_another_order_is_refused(database: Database) -> None:
    _insert(database, 1, 2)
    lists = MediaLists(database)
    cursor = lists.page(EVERYTHING, NEWEST_FIRST, 1, None).cursors[0]
    with pytest.raises(InvalidInput, match="another order"):
        lists.page(EVERYTHING, MediaSort(SortField.SIZE), 1, cursor)


def test_dates_bound_a_list(database: Database) -> None:
    _insert(database, *range(10))
    lists = MediaLists(database)
    wanted = MediaFilter(
        taken_from=Timestamp("2003-06-01T00:00:00.000Z"), taken_to=Timestamp("2005-06-01T00:00:00.000Z")
    )
    assert [item.original_date[:4] for item in lists.window(wanted, NEWEST_FIRST, 0, 60)] == ["2005", "2004", "2003"]


def test_readers_see_a_library_at_rest_while_it_is_written(database: Database) -> None:
    lists = MediaLists(database)
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            _insert(database, 1, 2)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(50):
            timeline = lists.timeline(EVERYTHING, NEWEST_FIRST, Granularity.MONTH)
            assert timeline.total_count % 2 == 0
            assert sum(bucket.count for bucket in timeline.buckets) == timeline.total_count
    finally:
        stop.set()
        writer.join()
