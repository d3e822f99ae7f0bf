"""SHA-256 of files that lie outside the library, remembered as long as they keep their size and time."""

import os
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from gallerynet.core.database import Database
from gallerynet.core.database.tables import seen_files
from gallerynet.core.digests import sha256_of


class SeenFiles:
    def __init__(self, database: Database) -> None:
        self._database = database

    def content_hash(self, path: Path, stat: os.stat_result) -> str:
        """In hex; the file is read where it has not been, or has changed."""
        return self._known(path, stat) or sha256_of(path)

    def remember(self, path: Path, stat: os.stat_result, content_hash: str) -> None:
        if self._known(path, stat) == content_hash:
            return
        values = {"size_bytes": stat.st_size, "modified_ns": stat.st_mtime_ns, "content_hash": content_hash}
        statement = sqlite_insert(seen_files).values(path=_text(path), **values)
        with self._database.write() as tx:
            tx.execute(statement.on_conflict_do_update(set_=values))

    def _known(self, path: Path, stat: os.stat_result) -> str | None:
        query = sa.select(seen_files.c.content_hash).where(
            seen_files.c.path == _text(path),
            seen_files.c.size_bytes == stat.st_size,
            seen_files.c.modified_ns == stat.st_mtime_ns,
        )
        with self._database.read() as connection:
            return connection.execute(query).scalar()


def _text(path: Path) -> str:
    """The path as a database can hold it: names of old disks are bytes that are no text."""
    return os.fsencode(path).decode(errors="backslashreplace")
