"""Brings a database file to the present schema, after a copy of it has been set aside."""

from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from gallerynet.core.clock import now
from gallerynet.core.database.driver import connect_to_read, find_driver
from gallerynet.core.database.engine import Database
from gallerynet.core.database.original import is_original, take_over
from gallerynet.core.errors import CannotStart


@dataclass(frozen=True)
class Inspection:
    """What a database file holds, found out without changing a byte of it."""

    revision: str | None  # of our schema
    is_new: bool  # no tables at all
    is_original: bool  # written by the original GalleryNet
    has_media: bool  # an item is in it, or has been


def inspect(path: Path) -> Inspection:
    """Raises CannotStart if the file is no database."""
    if not path.exists() or path.stat().st_size == 0:
        return Inspection(None, is_new=True, is_original=False, has_media=False)
    driver = find_driver()
    connection = connect_to_read(path)
    try:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        columns = {row[1] for row in connection.execute("PRAGMA table_info(media)")}
        revision = None
        if "alembic_version" in tables:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            revision = None if row is None else row[0]
        has_media = "media" in tables and connection.execute("SELECT 1 FROM media LIMIT 1").fetchone() is not None
        if not has_media and revision is not None:
            had = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'media'").fetchone()
            has_media = had is not None and had[0] > 0
    except driver.DatabaseError as error:
        raise CannotStart(
            f"{path} is no database that can be read ({error}). Nothing was changed. "
            "Restore it from a backup, or point DATABASE_PATH at another file."
        ) from error
    finally:
        connection.close()
    return Inspection(revision, not tables, revision is None and is_original(tables, columns), has_media)


def migrate(database: Database) -> Path | None:
    """Upgrades ``database`` to the newest schema; returns the copy set aside, if there was something to copy.

    Raises CannotStart, and touches nothing, if the file was written by a newer program or is no gallery of ours.
    """
    config = _config()
    script = ScriptDirectory.from_config(config)
    found = inspect(database.path)
    known = {revision.revision for revision in script.walk_revisions()}
    if found.revision is not None and found.revision not in known:
        raise CannotStart(
            f"The database {database.path} was written by a newer GalleryNet (schema {found.revision}). Nothing was "
            "changed. Install that version or a later one, or point DATABASE_PATH at another file."
        )
    if found.revision is None and not found.is_new and not found.is_original:
        raise CannotStart(
            f"The database {database.path} holds tables that GalleryNet did not make. Nothing was changed. "
            "Point DATABASE_PATH at another file."
        )
    if found.revision == script.get_current_head():
        return None
    backup = None if found.is_new else _set_aside(database.path, found.revision or "original")

    with database.write() as tx:

        def make_tables() -> None:
            config.attributes["connection"] = tx.connection
            command.upgrade(config, "head")

        if found.is_original:
            take_over(tx, make_tables)
        else:
            make_tables()
    return backup


def require_current(path: Path) -> None:
    """Raises CannotStart, and touches nothing, unless ``path`` is a library of the present schema."""
    found = inspect(path)
    if found.is_new:
        raise CannotStart(f"There is no library in {path}. Name its database by DATABASE_PATH.")
    if found.revision != ScriptDirectory.from_config(_config()).get_current_head():
        raise CannotStart(
            f"The database {path} has the schema of another version of GalleryNet. Nothing was changed. "
            "gallerynet serve upgrades an older one."
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _set_aside(path: Path, label: str) -> Path:
    """Copies the database, page by page, to a file beside it."""
    stamp = now()[:19].replace(":", "").replace("-", "")
    copy = path.with_name(f"{path.name}.{label}-{stamp}.backup")
    driver = find_driver()
    source, target = driver.connect(path), driver.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    return copy
