"""Where pictures were taken, gathered for a map."""

import math
from dataclasses import dataclass

import sqlalchemy as sa

from gallerynet.core.database.tables import media
from gallerynet.core.errors import InvalidInput
from gallerynet.core.media.filters import Bounds, MediaFilter, conditions

MOST = 2_000  # a map that shows more shows nothing
SMALLEST_CELL = 0.01  # degrees: a kilometre, near enough


@dataclass(frozen=True, slots=True)
class Place:
    """The items of one cell of a grid: their middle, their extent in degrees, and the newest of them by its key."""

    latitude: float
    longitude: float
    count: int
    bounds: Bounds
    cover_key: int


def places(connection: sa.Connection, wanted: MediaFilter, cell: float) -> list[Place]:
    """One place for each cell of ``cell`` degrees that has any item, those with most items first.

    Raises InvalidInput for cells of no size.
    """
    if not (math.isfinite(cell) and SMALLEST_CELL <= cell <= 180):
        raise InvalidInput(f"cell must be {SMALLEST_CELL} to 180 degrees, not {cell}.")
    north, east = media.c.latitude, media.c.longitude
    row, column = (sa.cast((degrees + 360) / cell, sa.Integer) for degrees in (north, east))
    count = sa.func.count()
    extent = (sa.func.min(north), sa.func.min(east), sa.func.max(north), sa.func.max(east))
    query = (
        sa.select(sa.func.avg(north), sa.func.avg(east), count, *extent, sa.func.max(media.c.key))
        .where(*conditions(wanted), north.is_not(None), east.is_not(None))
        .group_by(row, column)
        .order_by(count.desc(), row, column)
        .limit(MOST)
    )
    return [
        Place(latitude, longitude, found, Bounds(*edges), cover)
        for latitude, longitude, found, *edges, cover in connection.execute(query)
    ]
