"""Reading items: which columns, and how a row becomes a ``Media``."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

import orjson
import sqlalchemy as sa

from gallerynet.core.database.tables import favorites, library_settings, media
from gallerynet.core.errors import NotFound
from gallerynet.core.ids import Id
from gallerynet.core.media.model import Camera, DateSource, Location, Media, MediaType, PlaybackState

# The library's setting that names the model in use, by the SHA-256 of its file.
EMBEDDING_MODEL = "embedding_model"

_CAMERA = ("camera_make", "camera_model", "lens", "iso", "aperture", "exposure_time", "focal_length")
_PLACE = ("latitude", "longitude", "altitude")


def is_searchable() -> sa.ColumnElement[bool]:
    """Whether an item has a vector of the model in use."""
    current = sa.select(library_settings.c.value).where(library_settings.c.name == EMBEDDING_MODEL).scalar_subquery()
    return sa.func.coalesce(media.c.embedding_model == current, False)


_TYPES = {kind.value: kind for kind in MediaType}
_SOURCES = {source.value: source for source in DateSource}
_PLAYBACK: dict[str | None, PlaybackState | None] = {None: None, **{state.value: state for state in PlaybackState}}

COLUMNS = (
    media.c.key,
    media.c.id,
    media.c.filename,
    media.c.original_filename,
    media.c.media_type,
    media.c.mime_type,
    media.c.width,
    media.c.height,
    media.c.duration,
    media.c.size_bytes,
    media.c.original_date,
    media.c.original_date_source,
    media.c.uploaded_at,
    sa.func.coalesce(media.c.content_hash, "").label("content_hash"),
    media.c.phash,
    favorites.c.media_id.is_not(None),
    media.c.trashed_at,
    is_searchable(),
    media.c.processing_error,
    media.c.placeholder,
    media.c.thumbnail_version,
    media.c.playback_state,
    media.c.is_animated,
    *(media.c[name] for name in _CAMERA),
    *(media.c[name] for name in _PLACE),
)
_FIRST_CAMERA = len(COLUMNS) - len(_CAMERA) - len(_PLACE)
_FIRST_PLACE = len(COLUMNS) - len(_PLACE)

Row = Sequence[Any]
T = TypeVar("T")


@cache
def select_media() -> sa.Select[Any]:
    """Every column that ``media_from_row`` wants, of every item."""
    return sa.select(*COLUMNS).outerjoin_from(media, favorites, favorites.c.media_id == media.c.id)


def media_from_row(row: Row) -> Media:
    key, identity, filename, original_filename, media_type, mime_type, width, height, duration, size_bytes = row[:10]
    original_date, date_source, uploaded_at, content_hash, phash, is_favorite, trashed_at, is_searchable = row[10:18]
    processing_error, placeholder, thumbnail_version, playback_state, is_animated = row[18:23]
    camera = Camera(*row[_FIRST_CAMERA:_FIRST_PLACE])
    latitude, longitude, altitude = row[_FIRST_PLACE:]
    return Media(
        key=key,
        id=identity,
        filename=filename,
        original_filename=original_filename,
        media_type=_TYPES[media_type],
        mime_type=mime_type,
        width=width,
        height=height,
        duration=duration,
        is_animated=is_animated,
        size_bytes=size_bytes,
        original_date=original_date,
        original_date_source=_SOURCES[date_source],
        uploaded_at=uploaded_at,
        content_hash=content_hash,
        perceptual_hash=phash,
        is_favorite=bool(is_favorite),
        trashed_at=trashed_at,
        is_searchable=bool(is_searchable),
        processing_error=processing_error,
        placeholder=placeholder,
        thumbnail_version=thumbnail_version,
        playback_state=_PLAYBACK[playback_state],
        camera=camera if camera.is_known() else None,
        location=None if latitude is None else Location(latitude, longitude, altitude),
    )


def find(connection: sa.Connection, identity: Id) -> Media:
    """The item of that id. Raises NotFound."""
    row = connection.execute(select_media().where(media.c.id == identity)).first()
    if row is None:
        raise NotFound(f"There is no item with the id {identity}.")
    return media_from_row(row)


def find_many(connection: sa.Connection, identities: Iterable[Id]) -> list[Media]:
    """The items of these ids, in that order; ids that name nothing are left out."""
    return _find_by(connection, media.c.id, list(identities))


def find_by_keys(connection: sa.Connection, keys: Iterable[int]) -> list[Media]:
    """The items of these keys, in that order; keys that name nothing are left out."""
    return _find_by(connection, media.c.key, list(keys))


def find_by_content(connection: sa.Connection, digests: Iterable[str]) -> list[Media]:
    """The items of these SHA-256 hex digests, in that order; the trash included, since it is not uploaded again."""
    return _find_by(connection, media.c.content_hash, [digest.lower() for digest in digests])


def _find_by(connection: sa.Connection, column: sa.Column[Any], wanted: Sequence[Any]) -> list[Media]:
    found = {
        getattr(row, column.name): media_from_row(row)
        for chunk in _chunks(wanted)
        for row in connection.execute(select_media().where(column.in_(chunk)))
    }
    return [found[value] for value in wanted if value in found]


def require_all(connection: sa.Connection, identities: Sequence[Id]) -> list[Media]:
    """The items of these ids, in that order. Raises NotFound, naming the first that is missing."""
    found = find_many(connection, identities)
    if len(found) < len(identities):
        present = {item.id for item in found}
        missing = next(identity for identity in identities if identity not in present)
        raise NotFound(f"There is no item with the id {missing}. Nothing was changed.")
    return found


def exif_of(connection: sa.Connection, identities: Sequence[Id]) -> dict[Id, dict[str, str]]:
    """The EXIF tables of these items; items without are left out."""
    rows = connection.execute(
        sa.select(media.c.id, media.c.exif_json).where(media.c.id.in_(identities), media.c.exif_json.is_not(None))
    )
    return {row.id: orjson.loads(row.exif_json) for row in rows}


def _chunks(items: Sequence[T], size: int = 5_000) -> Iterable[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
