"""Brings a database file to the present schema, after a copy of it has been set aside."""

from collections.abc import Iterable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from gallerynet.core.clock import now
from gallerynet.core.database.engine import Database
from gallerynet.core.errors import CannotStart


def migrate(database: Database) -> Path | None:
    """Upgrades ``database`` to the newest schema; returns the copy set aside, if there was something to copy.

    Raises CannotStart, and touches nothing, if the file was written by a newer program or is no gallery of ours.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    script = ScriptDirectory.from_config(config)
    with database.read() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
    _refuse_strangers(database.path, current, tables, (revision.revision for revision in script.walk_revisions()))
    if current == script.get_current_head():
        return None
    backup = _set_aside(database, current) if tables else None
    with database.write() as tx:
        config.attributes["connection"] = tx.connection
        command.upgrade(config, "head")
    return backup


def _refuse_strangers(path: Path, current: str | None, tables: set[str], known: Iterable[str]) -> None:
    if current is not None and current not in set(known):
        raise CannotStart(
            f"The database {path} was written by a newer GalleryNet (schema {current}). Nothing was changed. "
            "Install that version or a later one, or point DATABASE_PATH at another file."
        )
    if current is None and tables:
        raise CannotStart(
            f"The database {path} holds tables that this GalleryNet did not make. Nothing was changed. "
            "Point DATABASE_PATH at another file."
        )


def _set_aside(database: Database, revision: str | None) -> Path:
    stamp = now()[:19].replace(":", "").replace("-", "")
    copy = database.path.with_name(f"{database.path.name}.{revision or 'original'}-{stamp}.backup")
    with database.outside_transactions() as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    return copy
