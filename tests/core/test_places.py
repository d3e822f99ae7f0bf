"""Places on a map: clusters by grid cells, and the filter that finds a cluster's items again."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from gallerynet.core.database import Database
from gallerynet.core.database.migrate import migrate
from gallerynet.core.database.tables import media
from gallerynet.core.errors import InvalidInput
from gallerynet.core.ids import new_id
from gallerynet.core.media.filters import EVERYTHING, Bounds, MediaFilter
from gallerynet.core.media.listing import MediaLists
from gallerynet.core.media.places import places


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(tmp_path / "gallery.db")
    migrate(made)
    return made


def _insert(database: Database, *spots: tuple[float, float] | None) -> None:
    def row(spot: tuple[float, float] | None) -> dict[str, Any]:
        north, east = spot or (None, None)
        date = "2026-01-01T00:00:00Z"
        names = {"id": new_id(), "filename": new_id(), "original_filename": "x", "mime_type": "image/jpeg"}
        return names | {
            "size_bytes": 1,
            "uploaded_at": date,
            "original_date": date,
            "latitude": north,
            "longitude": east,
        }

    with database.write() as tx:
        tx.execute(sa.insert(media), [row(spot) for spot in spots])


def test_clusters_by_cell_and_their_bounds_find_them_again(database: Database) -> None:
    _insert(database, (46.5, 8.5), (46.9, 8.1), (-33.8, 151.2), None)
    with database.read() as connection:
        alps, sydney = places(connection, EVERYTHING, 10)
    assert (alps.count, round(alps.latitude, 3), round(alps.longitude, 3)) == (2, 46.7, 8.3)
    assert alps.bounds == Bounds(46.5, 8.1, 46.9, 8.5)
    assert sydney.count == 1
    lists = MediaLists(database)
    assert lists.count(MediaFilter(within=alps.bounds)) == 2
    with database.read() as connection:
        assert len(places(connection, EVERYTHING, 0.1)) == 3
        assert places(connection, MediaFilter(within=Bounds(0, 0, 1, 1)), 10) == []


def test_bounds_across_the_date_line(database: Database) -> None:
    _insert(database, (0, 179), (0, -179), (0, 10))
    assert MediaLists(database).count(MediaFilter(within=Bounds(-1, 170, 1, -170))) == 2


@pytest.mark.parametrize("cell", [0, -1, float("nan"), 1e9])
def test_cells_of_no_size(database: Database, cell: float) -> None:
    with database.read() as connection, pytest.raises(InvalidInput, match="degrees"):
        places(connection, EVERYTHING, cell)
