"""Taking over a database that the original GalleryNet wrote.

Its tables are renamed, ours are made, everything is copied, then its tables go: within one transaction, so that a
failure leaves the file as it was. What it does not know (content hashes, larger thumbnails, embeddings of the model in
use) is left empty, which is how the repair job finds it. Its vectors and tag models stay, under the name of its model.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

import numpy as np
import sqlalchemy as sa

from gallerynet.core.clock import Timestamp, parse
from gallerynet.core.database.engine import Transaction
from gallerynet.core.database.tables import (
    favorites,
    folder_media,
    folders,
    media,
    media_tags,
    tag_models,
    tags,
)
from gallerynet.core.ids import id_from_blob, new_id

MODEL = "original"
PREFIX = "original_"
TABLES = ("media_tags", "tag_models", "folder_media", "favorites", "tags", "folders", "media")
VIDEO_EXTENSIONS = ("mp4", "mov", "avi", "mkv", "webm")
MIME_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "tif": "image/tiff",
    "mov": "video/quicktime",
    "avi": "video/x-msvideo",
    "mkv": "video/x-matroska",
}

Row = Mapping[str, Any]


def is_original(tables: set[str], media_columns: set[str]) -> bool:
    """Whether these are the tables of the original, in any of its versions."""
    return {"media", "folders", "folder_media", "favorites"} <= tables and {"id", "filename", "phash"} <= media_columns


def take_over(tx: Transaction, make_tables: Callable[[], None]) -> None:
    """Moves everything from the original's tables into ours, which ``make_tables`` makes."""
    connection = tx.connection
    present = set(_scalars(connection, "SELECT name FROM sqlite_master WHERE type = 'table'"))
    vectors = _read_vectors(connection) if "vec_media" in present else {}
    for index in _scalars(connection, "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"):
        connection.exec_driver_sql(f'DROP INDEX "{index}"')
    if "vec_media" in present:
        connection.exec_driver_sql("DROP TABLE vec_media")
    old = [table for table in TABLES if table in present]
    for table in old:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {PREFIX}{table}")
    make_tables()
    _copy(tx, media, [_media_row(row, vectors) for row in _rows(connection, "media", with_rowid=True)])
    _copy(tx, folders, [_folder_row(row) for row in _rows(connection, "folders")])
    known = set(connection.execute(sa.select(media.c.id)).scalars())
    _copy_links(tx, known, set(old))
    if vectors:
        tx.make_vector_table(len(next(iter(vectors.values()))))
        for key, vector in vectors.items():
            tx.put_vector(key, vector)
    for table in old:
        connection.exec_driver_sql(f"DROP TABLE {PREFIX}{table}")


def _copy_links(tx: Transaction, known: set[Any], old: set[str]) -> None:
    connection = tx.connection
    folder_ids = set(connection.execute(sa.select(folders.c.id)).scalars())
    links = [
        {"folder_id": id_from_blob(row["folder_id"]), "media_id": id_from_blob(row["media_id"]), "added_at": None}
        for row in _rows(connection, "folder_media")
    ]
    _copy(tx, folder_media, [row for row in links if row["media_id"] in known and row["folder_id"] in folder_ids])
    marked = [
        {"media_id": id_from_blob(row["media_id"]), "created_at": _moment(row["created_at"], tx.started_at)}
        for row in _rows(connection, "favorites")
    ]
    _copy(tx, favorites, [row for row in marked if row["media_id"] in known])
    if "tags" not in old:
        return
    names = [{"id": row["id"], "public_id": new_id(), "name": row["name"]} for row in _rows(connection, "tags")]
    _copy(tx, tags, names)
    tag_ids = {row["id"] for row in names}
    tagged = [_tag_row(row) for row in _rows(connection, "media_tags")]
    _copy(tx, media_tags, [row for row in tagged if row["media_id"] in known and row["tag_id"] in tag_ids])
    if "tag_models" in old:
        learned = [_model_row(row, tx.started_at) for row in _rows(connection, "tag_models")]
        _copy(tx, tag_models, [row for row in learned if row["tag_id"] in tag_ids])


def _media_row(row: Row, vectors: Mapping[int, Any]) -> dict[str, Any]:
    extension = PurePath(row["filename"]).suffix.lower().removeprefix(".")
    is_video = extension in VIDEO_EXTENSIONS
    uploaded_at = _moment(row["uploaded_at"], Timestamp("1970-01-01T00:00:00.000Z"))
    original_date = _moment(row.get("original_date") or row["uploaded_at"], uploaded_at)
    exif = _valid_json(row.get("exif_json"))
    return {
        "key": row["rowid"],
        "id": id_from_blob(row["id"]),
        "filename": row["filename"],
        "original_filename": row["original_filename"],
        "media_type": row.get("media_type") or ("video" if is_video else "image"),
        "mime_type": MIME_TYPES.get(extension, f"{'video' if is_video else 'image'}/{extension or 'jpeg'}"),
        "width": row.get("width"),
        "height": row.get("height"),
        "size_bytes": row["size_bytes"],
        "uploaded_at": uploaded_at,
        "original_date": original_date,
        "original_date_source": _date_source(original_date, uploaded_at, exif),
        "exif_json": exif,
        "embedding_model": MODEL if row["rowid"] in vectors else None,
    }


def _folder_row(row: Row) -> dict[str, Any]:
    return {
        "id": id_from_blob(row["id"]),
        "name": row["name"],
        "created_at": _moment(row["created_at"], Timestamp("1970-01-01T00:00:00.000Z")),
        "sort_order": row.get("sort_order") or 0,
    }


def _tag_row(row: Row) -> dict[str, Any]:
    return {
        "media_id": id_from_blob(row["media_id"]),
        "tag_id": row["tag_id"],
        "is_auto": bool(row.get("is_auto") or 0),
        "confidence": row.get("confidence"),
    }


def _model_row(row: Row, moment: Timestamp) -> dict[str, Any]:
    """Its score is weights . unit(x) - bias, tagged above 0; ours adds the bias and is taken about a centre."""
    count = row.get("trained_at_count") or 0
    return {
        "tag_id": row["tag_id"],
        "weights": row["weights"],
        "bias": -row["bias"],
        "platt_a": row.get("platt_a", -2.0),
        "platt_b": row.get("platt_b", 0.0),
        "trained_at_count": count,
        "version": row.get("version") or 1,
        "trained_at": moment,
        "center": bytes(len(row["weights"]) // 2),
        "threshold": 0.0,
        "positives": count,
        "negatives": 0,
        "examples_digest": "",
        "embedding_model": MODEL,
    }


def _read_vectors(connection: sa.Connection) -> dict[int, Any]:
    """Unit vectors by rowid; what has no direction is left out."""
    found = {}
    for rowid, blob in connection.exec_driver_sql("SELECT rowid, embedding FROM vec_media"):
        vector = np.frombuffer(blob, dtype="<f4").astype(np.float32)
        length = float(np.linalg.norm(vector))
        if np.isfinite(length) and length > 0:
            found[rowid] = vector / length
    return found


def _rows(connection: sa.Connection, table: str, with_rowid: bool = False) -> list[Row]:
    columns = "rowid, *" if with_rowid else "*"
    statement = f"SELECT {columns} FROM {PREFIX}{table}"  # noqa: S608 - names of this module
    return [dict(row) for row in connection.exec_driver_sql(statement).mappings()]


def _scalars(connection: sa.Connection, statement: str) -> list[str]:
    return list(connection.exec_driver_sql(statement).scalars())


def _copy(tx: Transaction, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        tx.execute(sa.insert(table), rows)


def _moment(text: object, otherwise: Timestamp) -> Timestamp:
    try:
        return parse(str(text))
    except ValueError:
        return otherwise


def _valid_json(text: object) -> str | None:
    try:
        found = json.loads(str(text))
    except ValueError:
        return None
    return json.dumps(found, ensure_ascii=False) if isinstance(found, dict) else None


def _date_source(original_date: Timestamp, uploaded_at: Timestamp, exif: str | None) -> str:
    if exif is not None and "DateTime" in exif:
        return "EXIF"
    return "UPLOAD" if original_date[:16] == uploaded_at[:16] else "FILENAME"
