"""Databases of the original GalleryNet, written by the SQL that its specification gives, are opened in place."""

import hashlib
import sqlite3
import struct
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from gallerynet.core.database.driver import find_driver, load_vectors
from gallerynet.core.database.migrate import inspect
from gallerynet.core.errors import CannotStart
from gallerynet.core.jobs import JobKind
from gallerynet.core.library import Library, LibraryPaths
from gallerynet.core.media.filters import EVERYTHING, MediaFilter
from gallerynet.core.media.listing import NEWEST_FIRST
from gallerynet.core.tags.names import staleness
from tests.pictures import drawn, encode

SCHEMA = """
CREATE TABLE media (
    id BLOB PRIMARY KEY, filename TEXT NOT NULL, original_filename TEXT NOT NULL, {media_type}
    phash TEXT NOT NULL, uploaded_at TEXT NOT NULL, original_date TEXT NOT NULL,
    width INTEGER, height INTEGER, size_bytes INTEGER NOT NULL, exif_json TEXT
);
CREATE VIRTUAL TABLE vec_media USING vec0(embedding float[1280] distance_metric=cosine);
CREATE TABLE folders (
    id BLOB PRIMARY KEY, name TEXT NOT NULL, created_at TEXT NOT NULL, sort_order INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE folder_media (
    folder_id BLOB NOT NULL REFERENCES folders(id) ON DELETE CASCADE,
    media_id BLOB NOT NULL REFERENCES media(id) ON DELETE CASCADE,
    PRIMARY KEY (folder_id, media_id)
);
CREATE TABLE favorites (
    media_id BLOB PRIMARY KEY REFERENCES media(id) ON DELETE CASCADE, created_at TEXT NOT NULL
);
CREATE TABLE tags (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE);
CREATE TABLE media_tags (
    media_id BLOB NOT NULL REFERENCES media(id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE, {tag_columns}
    PRIMARY KEY (media_id, tag_id)
);
CREATE INDEX idx_media_tags_tag_id ON media_tags(tag_id);
CREATE TABLE tag_models (
    tag_id INTEGER PRIMARY KEY REFERENCES tags(id) ON DELETE CASCADE, weights BLOB NOT NULL, bias REAL NOT NULL,
    {model_columns} version INTEGER NOT NULL DEFAULT 1
);
"""
LATER = {
    "media_type": "media_type TEXT NOT NULL DEFAULT 'image',",
    "tag_columns": "is_auto INTEGER NOT NULL DEFAULT 0, confidence REAL,",
    "model_columns": "platt_a REAL NOT NULL DEFAULT -2.0, platt_b REAL NOT NULL DEFAULT 0.0, "
    "trained_at_count INTEGER NOT NULL DEFAULT 0,",
}
EARLIER = dict.fromkeys(LATER, "")


@dataclass
class Original:
    """What was written, to be found again."""

    paths: LibraryPaths
    ids: list[uuid.UUID]
    folder: uuid.UUID
    contents: list[bytes]


def _write(paths: LibraryPaths, columns: dict[str, str]) -> Original:
    driver = find_driver()
    connection = driver.connect(paths.database)
    load_vectors(connection)
    connection.executescript(SCHEMA.format(**columns))
    ids = [uuid.uuid4() for _ in range(4)]
    contents = [encode(drawn(800 + number)) for number in range(4)]
    random = np.random.default_rng(3)
    for number, (identity, content) in enumerate(zip(ids, contents, strict=True)):
        name = f"{identity.hex[:2]}/{identity.hex[2:4]}/{identity}.jpg"
        for root, data in ((paths.uploads, content), (paths.thumbnails, encode(drawn(800 + number, (224, 224))))):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        connection.execute(
            "INSERT INTO media (id, filename, original_filename, phash, uploaded_at, original_date, width, height, "
            "size_bytes, exif_json) VALUES (?, ?, ?, ?, ?, ?, 320, 240, ?, ?)",
            (
                identity.bytes,
                name,
                f"IMG_2024011{number}_120000.jpg",
                "no_hash" if number == 3 else "AbCdEfG=",
                "2026-02-19T10:11:12.123456789+00:00",
                f"2024-01-1{number}T12:00:00+00:00",
                len(content),
                '{"Make": "Acme"}' if number == 0 else None,
            ),
        )
        if number != 3:
            vector = random.standard_normal(1280).astype("<f4")
            rowid = connection.execute("SELECT rowid FROM media WHERE id = ?", (identity.bytes,)).fetchone()[0]
            connection.execute("INSERT INTO vec_media (rowid, embedding) VALUES (?, ?)", (rowid, vector.tobytes()))
    folder = uuid.uuid4()
    connection.execute("INSERT INTO folders VALUES (?, 'Trip', '2026-02-19T10:00:00+00:00', 3)", (folder.bytes,))
    for identity in ids[:2]:
        connection.execute(
            "INSERT INTO folder_media (folder_id, media_id) VALUES (?, ?)", (folder.bytes, identity.bytes)
        )
    connection.execute("INSERT INTO favorites VALUES (?, '2026-02-19T10:00:00+00:00')", (ids[1].bytes,))
    connection.execute("INSERT INTO tags (id, name) VALUES (7, 'sea'), (9, 'unused')")
    for identity in ids[:3]:
        connection.execute("INSERT INTO media_tags (media_id, tag_id) VALUES (?, 7)", (identity.bytes,))
    if columns is LATER:
        connection.execute("UPDATE media_tags SET is_auto = 1, confidence = 0.75 WHERE media_id = ?", (ids[2].bytes,))
        connection.execute("UPDATE media SET media_type = 'image'")
    weights = struct.pack("<1280d", *random.standard_normal(1280))
    connection.execute("INSERT INTO tag_models (tag_id, weights, bias, version) VALUES (7, ?, 0.25, 4)", (weights,))
    connection.commit()
    connection.close()
    return Original(paths, ids, folder, contents)


@pytest.fixture(params=[LATER, EARLIER], ids=["later columns", "earlier columns"])
def original(request: pytest.FixtureRequest, library_paths: LibraryPaths) -> Original:
    return _write(library_paths, request.param)


@pytest.fixture
def opened(original: Original) -> Iterator[Library]:
    library = Library(original.paths, workers=1)
    yield library
    library.close()


def test_everything_is_there(original: Original, opened: Library) -> None:
    items = opened.lists.window(EVERYTHING, NEWEST_FIRST, 0, 200)
    assert [item.id for item in items] == [str(identity) for identity in reversed(original.ids)]
    assert [item.original_date[:10] for item in items] == [f"2024-01-1{day}" for day in (3, 2, 1, 0)]
    assert items[0].uploaded_at == "2026-02-19T10:11:12.123Z"
    assert [item.is_favorite for item in items] == [False, False, True, False]
    (folder,) = opened.folders.all()
    assert (folder.id, folder.name, folder.item_count, folder.sort_order) == (str(original.folder), "Trip", 2, 3)
    tags = {tag.name: tag for tag in opened.tags.all()}
    assert set(tags) == {"sea", "unused"}
    assert tags["sea"].manual_count + tags["sea"].auto_count == 3
    assert tags["sea"].model is not None
    assert tags["sea"].model.version == 4
    with opened.database.read() as connection:
        assert staleness(connection, [tags["sea"].key, tags["unused"].key]) == {tags["sea"].key: True}
        assert connection.exec_driver_sql("SELECT count(*) FROM vec_media").scalar() == 3
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
        assert not connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name LIKE 'original_%'").fetchall()


def test_a_copy_is_set_aside_first(original: Original) -> None:
    before = original.paths.database.read_bytes()
    library = Library(original.paths, workers=1)
    library.close()
    (copy,) = original.paths.database.parent.glob("*.original-*.backup")
    header = 100  # of SQLite's own, which counts the writes of the file
    assert copy.read_bytes()[header:] == before[header:]
    again = Library(original.paths, workers=1)
    again.close()
    assert len(list(original.paths.database.parent.glob("*.backup"))) == 1


def test_what_is_missing_is_filled_in_by_the_repair_job(original: Original, opened: Library) -> None:
    assert not any(item.is_searchable for item in opened.lists.window(EVERYTHING, NEWEST_FIRST, 0, 200))
    opened.jobs.start()
    job = opened.jobs.queue(JobKind.REPAIR)
    while not opened.jobs.find(job.id).is_finished:
        pass
    assert opened.jobs.find(job.id).message == "4 items repaired."
    items = opened.lists.window(EVERYTHING, NEWEST_FIRST, 0, 200)
    assert all(item.is_searchable for item in items)
    expected = [hashlib.sha256(content).hexdigest() for content in reversed(original.contents)]
    assert [item.content_hash for item in items] == expected
    assert all(opened.storage.has_thumbnails(item.id) for item in items)
    page = opened.likeness.similar(opened.likeness.by_item(items[0].id), 0, 10, None)
    assert page.total_count == 3
    assert opened.lists.count(MediaFilter(text="IMG 20240112")) == 1


def test_a_failure_halfway_changes_nothing(original: Original, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("gallerynet.core.database.original._copy_links", fail)
    with pytest.raises(RuntimeError):
        Library(original.paths, workers=1)
    assert inspect(original.paths.database).is_original
    monkeypatch.undo()
    library = Library(original.paths, workers=1)
    assert library.lists.count(EVERYTHING) == 4
    library.close()


def _digest(folder: Path) -> dict[str, str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_an_empty_database_beside_full_folders_is_refused(original: Original) -> None:
    original.paths.database.unlink()
    before = _digest(original.paths.database.parent)
    with pytest.raises(CannotStart, match="has no items, but the folder"):
        Library(original.paths, workers=1)
    assert _digest(original.paths.database.parent) == before


def test_a_newer_database_is_refused_and_not_touched(library_paths: LibraryPaths) -> None:
    Library(library_paths, workers=1).close()
    with sqlite3.connect(library_paths.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = _digest(library_paths.database.parent)
    with pytest.raises(CannotStart, match="newer GalleryNet"):
        Library(library_paths, workers=1)
    assert _digest(library_paths.database.parent) == before


def test_a_file_that_is_no_database_is_refused(library_paths: LibraryPaths) -> None:
    library_paths.database.write_text("not a database, but long enough to be looked at by somebody" * 10)
    with pytest.raises(CannotStart, match="no database that can be read"):
        Library(library_paths, workers=1)
