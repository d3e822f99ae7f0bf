"""Which items are meant: a filter as the API takes it, and the SQL condition it stands for."""

import re
from dataclasses import dataclass
from enum import Enum

import sqlalchemy as sa

from gallerynet.core.clock import Timestamp
from gallerynet.core.database.tables import favorites, folder_media, folders, media, media_tags, media_text, tags
from gallerynet.core.ids import Id
from gallerynet.core.media.model import MediaType


class TagSource(Enum):
    MANUAL = "MANUAL"
    AUTO = "AUTO"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A part of the world in degrees, its edges included. West may lie east of east: it then spans the date line."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class MediaFilter:
    """Every condition must hold; None asks for nothing."""

    media_type: MediaType | None = None
    favorite: bool | None = None
    folder_id: Id | None = None
    tags: tuple[str, ...] | None = None
    any_tags: tuple[str, ...] | None = None
    tag_source: TagSource | None = None
    untagged: bool | None = None
    text: str | None = None
    taken_from: Timestamp | None = None
    taken_to: Timestamp | None = None
    camera: str | None = None
    has_location: bool | None = None
    within: Bounds | None = None
    has_processing_error: bool | None = None
    trashed: bool = False


EVERYTHING = MediaFilter()


def conditions(wanted: MediaFilter) -> list[sa.ColumnElement[bool]]:
    """Conditions on the table ``media`` that together mean ``wanted``."""
    found: list[sa.ColumnElement[bool]] = [
        media.c.trashed_at.is_not(None) if wanted.trashed else media.c.trashed_at.is_(None)
    ]
    if wanted.media_type is not None:
        found.append(media.c.media_type == wanted.media_type.value)
    if wanted.favorite is not None:
        found.append(_is(wanted.favorite, media.c.id.in_(sa.select(favorites.c.media_id))))
    if wanted.folder_id is not None:
        inside = sa.select(folder_media.c.media_id).where(folder_media.c.folder_id == wanted.folder_id)
        found.append(media.c.id.in_(inside))
    found += _tag_conditions(wanted)
    if wanted.text is not None:
        found += [_mentions(word) for word in re.findall(r"\w+", wanted.text)]
    if wanted.taken_from is not None:
        found.append(media.c.original_date >= wanted.taken_from)
    if wanted.taken_to is not None:
        found.append(media.c.original_date <= wanted.taken_to)
    if wanted.camera is not None:
        name = sa.func.coalesce(media.c.camera_make, "").concat(" ").concat(sa.func.coalesce(media.c.camera_model, ""))
        found.append(name.icontains(wanted.camera, autoescape=True))
    if wanted.has_location is not None:
        found.append(_is(wanted.has_location, media.c.latitude.is_not(None)))
    if wanted.within is not None:
        found.append(_lies_within(wanted.within))
    if wanted.has_processing_error is not None:
        found.append(_is(wanted.has_processing_error, media.c.processing_error.is_not(None)))
    return found


def _tag_conditions(wanted: MediaFilter) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [
        media.c.id.in_(_tagged(wanted.tag_source, tags.c.name == name)) for name in wanted.tags or ()
    ]
    if wanted.any_tags is not None:
        found.append(media.c.id.in_(_tagged(wanted.tag_source, tags.c.name.in_(wanted.any_tags))))
    if wanted.tag_source is not None and wanted.tags is None and wanted.any_tags is None:
        found.append(media.c.id.in_(_tagged(wanted.tag_source)))
    if wanted.untagged is not None:
        found.append(_is(not wanted.untagged, media.c.id.in_(sa.select(media_tags.c.media_id))))
    return found


def _tagged(source: TagSource | None, *of: sa.ColumnElement[bool]) -> sa.Select[tuple[Id]]:
    query = sa.select(media_tags.c.media_id).join(tags, tags.c.id == media_tags.c.tag_id).where(*of)
    return query if source is None else query.where(media_tags.c.is_auto == (source is TagSource.AUTO))


def _mentions(word: str) -> sa.ColumnElement[bool]:
    """A word, or the beginning of one, in the names of file, camera, tags or folders."""
    of_files = sa.select(media_text.c.rowid).where(media_text.c.media_text.match(f'"{word}"*'))
    of_tags = sa.select(media.c.key).where(media.c.id.in_(_tagged(None, tags.c.name.icontains(word, autoescape=True))))
    of_folders = (
        sa.select(media.c.key)
        .join(folder_media, folder_media.c.media_id == media.c.id)
        .join(folders, folders.c.id == folder_media.c.folder_id)
        .where(folders.c.name.icontains(word, autoescape=True))
    )
    found = sa.union(of_files, of_tags.correlate(None), of_folders.correlate(None))
    return media.c.key.in_(found)


def _lies_within(bounds: Bounds) -> sa.ColumnElement[bool]:
    east_of_west, west_of_east = media.c.longitude >= bounds.west, media.c.longitude <= bounds.east
    across = sa.and_ if bounds.west <= bounds.east else sa.or_
    return sa.and_(media.c.latitude.between(bounds.south, bounds.north), across(east_of_west, west_of_east))


def _is(wanted: bool, condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return condition if wanted else sa.not_(condition)
