import sqlite3
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from gallerynet.core.database import Database
from gallerynet.core.database.migrate import migrate
from gallerynet.core.database.tables import folders, metadata
from gallerynet.core.errors import CannotStart
from gallerynet.core.events import EventKind, record


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(tmp_path / "gallery.db")
    migrate(made)
    made.ensure_vector_table(4)
    return made


def test_the_migrations_make_the_tables_that_the_code_knows(database: Database) -> None:
    def ours(_: object, name: str | None, kind: str, *__: object) -> bool:
        return kind != "table" or not (name or "").startswith(("vec_media", "media_text", "alembic"))

    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": False})
        assert compare_metadata(context, metadata) == []


def test_a_failed_change_leaves_nothing(database: Database) -> None:
    seen: list[object] = []
    database.on_commit(seen.append)
    with pytest.raises(RuntimeError), database.write() as tx:  # noqa: PT012 - the block is the change that fails
        tx.execute(sa.insert(folders).values(id="0" * 32, name="x", created_at="", sort_order=0))
        tx.put_vector(1, np.ones(4, dtype=np.float32))
        record(tx, EventKind.FOLDER_CHANGED, id="x")
        raise RuntimeError
    with database.read() as connection:
        for table in ("folders", "events", "vec_media"):
            assert connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar() == 0  # noqa: S608 - a literal
    assert seen == []


def test_a_newer_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "gallery.db"
    made = Database(path)
    migrate(made)
    with made.write() as tx:
        tx.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    made.close()
    with pytest.raises(CannotStart, match="newer GalleryNet"):
        migrate(Database(path))
    assert [file.name for file in tmp_path.iterdir() if "backup" in file.name] == []


def test_a_stranger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE customers (name TEXT)")
    with pytest.raises(CannotStart, match="did not make"):
        migrate(Database(path))
