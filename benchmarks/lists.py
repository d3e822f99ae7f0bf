"""Lists over 100,000 items: pages by key at both ends, windows by position, the timeline's geometry, counts."""

from datetime import UTC, datetime, timedelta

import numpy as np
import sqlalchemy as sa

from benchmarks._tools import empty_library, interleaved, table
from gallerynet.core.clock import timestamp
from gallerynet.core.database.tables import favorites, media
from gallerynet.core.ids import new_id
from gallerynet.core.library import Library
from gallerynet.core.media.filters import EVERYTHING, MediaFilter
from gallerynet.core.media.listing import NEWEST_FIRST, Granularity, MediaSort, SortField

COUNT = 100_000


def run() -> None:
    with empty_library() as library:
        fill(library, COUNT)
        lists = library.lists
        deep = _cursor_at(library, COUNT - 1_000)
        by_name = MediaSort(SortField.NAME, descending=False)
        camera = MediaFilter(camera="Acme 3")
        favorite = MediaFilter(favorite=True)
        times = interleaved(
            10,
            first_page=lambda: lists.page(EVERYTHING, NEWEST_FIRST, 60, None),
            deep_page=lambda: lists.page(EVERYTHING, NEWEST_FIRST, 60, deep),
            page_by_name=lambda: lists.page(EVERYTHING, by_name, 60, None),
            page_of_favorites=lambda: lists.page(favorite, NEWEST_FIRST, 60, None),
            page_of_a_camera=lambda: lists.page(camera, NEWEST_FIRST, 60, None),
            page_of_a_word=lambda: lists.page(MediaFilter(text="img 4242"), NEWEST_FIRST, 60, None),
            window_in_the_middle=lambda: lists.window(EVERYTHING, NEWEST_FIRST, COUNT // 2, 60),
            window_at_the_end=lambda: lists.window(EVERYTHING, NEWEST_FIRST, COUNT - 60, 60),
            timeline=lambda: lists.timeline(EVERYTHING, NEWEST_FIRST, Granularity.MONTH),
            count=lambda: lists.count(EVERYTHING),
            count_of_favorites=lambda: lists.count(favorite),
            statistics=library.statistics,
        )
        floor = times["first_page"]
        table(["what", "ms", "to the first page"], [(name, 1000 * took, took / floor) for name, took in times.items()])


def fill(library: Library, count: int) -> None:
    """Items without files, taken over twenty years by nine cameras; every fiftieth is a favourite."""
    random = np.random.default_rng(4)
    start = datetime(2005, 1, 1, tzinfo=UTC)
    sizes = ((4000, 3000), (3000, 4000), (4000, 2250), (1080, 1920))
    rows = [
        {
            "id": new_id(),
            "filename": str(number),
            "original_filename": f"IMG_{number:06d}.jpg",
            "mime_type": "image/jpeg",
            "content_hash": f"{number:064x}",
            "width": sizes[number % 4][0],
            "height": sizes[number % 4][1],
            "size_bytes": int(random.integers(1_000_000, 9_000_000)),
            "uploaded_at": timestamp(start + timedelta(days=8000, seconds=number)),
            "original_date": timestamp(start + timedelta(seconds=int(random.integers(20 * 365 * 86_400)))),
            "camera_make": "Acme",
            "camera_model": str(number % 9),
            "placeholder": "YJqGPQw7sFlslqhFafSE+Q6oJ1h2iHB2Rw==",
            "exif_json": '{"Image Make": "Acme"}',
        }
        for number in range(count)
    ]
    with library.database.write() as tx:
        tx.execute(sa.insert(media), rows)
        liked = [{"media_id": row["id"], "created_at": tx.started_at} for row in rows[::50]]
        tx.execute(sa.insert(favorites), liked)


def _cursor_at(library: Library, position: int) -> str:
    """The cursor behind that many items."""
    before = library.lists.window(EVERYTHING, NEWEST_FIRST, position - 1, 1)[0]
    return NEWEST_FIRST.cursor(before)
