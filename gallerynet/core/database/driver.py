"""Which SQLite to use: one that can load extensions, since vectors live in one."""

import sqlite3
from pathlib import Path
from types import ModuleType

import sqlite_vec

from gallerynet.core.errors import CannotStart


def find_driver() -> ModuleType:
    """The standard sqlite3 where it can load extensions, else pysqlite3.

    Many Pythons (pyenv's, macOS's) are built without extension loading. Raises CannotStart, saying what to install,
    where neither will do.
    """
    for driver in (sqlite3, _pysqlite3()):
        if driver is not None and _loads_extensions(driver):
            return driver
    raise CannotStart(
        "This Python's sqlite3 cannot load extensions, which GalleryNet needs for its vectors. Install the package "
        "pysqlite3-binary beside it, or use a Python whose sqlite3 can (Debian's, Ubuntu's and Homebrew's can)."
    )


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Opens the database without changing a byte of it, nor of the folder that it lies in."""
    # Without a write-ahead log beside it nobody has it open, and reading need not leave one there.
    mode = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "immutable=1"
    connection: sqlite3.Connection = find_driver().connect(f"{path.resolve().as_uri()}?{mode}", uri=True)
    return connection


def _pysqlite3() -> ModuleType | None:
    try:
        import pysqlite3
    except ImportError:
        return None
    module: ModuleType = pysqlite3
    return module


def _loads_extensions(driver: ModuleType) -> bool:
    connection = driver.connect(":memory:")
    try:
        load_vectors(connection)
    except (AttributeError, driver.Error):
        return False
    finally:
        connection.close()
    return True


def load_vectors(connection: sqlite3.Connection) -> None:
    """Makes sqlite-vec's functions and tables known to ``connection``."""
    connection.enable_load_extension(True)
    sqlite_vec.load(connection)
    connection.enable_load_extension(False)
