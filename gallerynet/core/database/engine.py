"""Connections to the SQLite file, and the unit in which it changes."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy import event as sa_event

from gallerynet.core.clock import Clock, now
from gallerynet.core.database.driver import find_driver, load_vectors
from gallerynet.core.database.tables import events, media, outdated_vectors, vec_media

BUSY_TIMEOUT_MS = 10_000
READERS = 8
CHANGE_VECTORS = ("MediaAdded", "MediaChanged")  # the events that items with new vectors come with


@dataclass
class Changes:
    """What committed transactions did, beyond their rows: for what keeps a view of the library in memory."""

    vectors: dict[int, NDArray[np.float32]] = field(default_factory=dict)
    removed_vectors: list[int] = field(default_factory=list)
    last_cursor: int | None = None


class Transaction:
    """Everything or nothing: rows, vectors and events of one change.

    Obtained from ``Database.write``. There is one at a time in the process, and SQLite sees to it that there is one at
    a time among processes.
    """

    def __init__(self, connection: sa.Connection, clock: Clock) -> None:
        self.connection = connection
        self.execute = connection.execute
        self.started_at = clock()
        self.changes = Changes()

    def emit(self, kind: str, payload: Mapping[str, Any]) -> None:
        """Records an event, in the order of the calls."""
        statement = sa.insert(events).values(occurred_at=self.started_at, kind=kind, payload=dict(payload))
        self.changes.last_cursor = self.execute(statement.returning(events.c.cursor)).scalar_one()

    def put_vector(self, key: int, vector: NDArray[np.float32]) -> None:
        """Stores the unit vector of the media item ``key``, in place of an older one."""
        self.connection.exec_driver_sql("DELETE FROM vec_media WHERE key = ?", (key,))
        self.connection.exec_driver_sql(
            "INSERT INTO vec_media (key, embedding) VALUES (?, ?)", (key, vector.astype("<f4").tobytes())
        )
        self.changes.vectors[key] = vector

    def make_vector_table(self, dimensions: int) -> None:
        # Small chunks: inserts get up to a hundred times cheaper, queries stay as they are.
        self.connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE vec_media USING vec0("
            f"key INTEGER PRIMARY KEY, embedding float[{dimensions}] distance_metric=cosine, chunk_size=256)"
        )

    def remove_vectors(self, keys: Iterable[int]) -> None:
        """Forgets the vectors of these media items; keys that have none are passed over."""
        for key in keys:
            self.connection.exec_driver_sql("DELETE FROM vec_media WHERE key = ?", (key,))
            self.changes.vectors.pop(key, None)
            self.changes.removed_vectors.append(key)


class Database:
    """The SQLite file: any number of readers, one writer.

    Readers see the last commit (WAL). Listeners registered with ``on_commit`` are called after each commit, in the
    order of the commits, by the thread that wrote. What other processes commit is told before the next commit of
    this one, or by ``catch_up``.
    """

    def __init__(self, path: Path, clock: Clock = now) -> None:
        self.path = path
        self._clock = clock
        self._driver = find_driver()
        self._readers = self._engine("BEGIN", pool_size=READERS)
        self._writer = self._engine("BEGIN IMMEDIATE", pool_size=1)
        self._write_lock = threading.Lock()
        self._listeners: list[Callable[[Changes], None]] = []
        self._heard: int | None = None  # the newest event that listeners know of

    def on_commit(self, listener: Callable[[Changes], None]) -> None:
        self._listeners.append(listener)

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection on which every statement sees the same state of the library."""
        with self._readers.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction: committed when the block ends, rolled back when it raises."""
        with self._write_lock:
            with self._writer.begin() as connection:
                if self._heard is not None:
                    self._hear(connection, self._heard)
                transaction = Transaction(connection, self._clock)
                yield transaction
            if self._heard is not None:
                self._heard = transaction.changes.last_cursor or self._heard
            self._tell(transaction.changes)

    def catch_up(self) -> None:
        """Tells listeners what other processes have committed since the last time; the first call takes that moment.

        Returns at once while somebody writes, who will tell it.
        """
        if not self._write_lock.acquire(blocking=False):
            return
        try:
            with self.read() as connection:
                if self._heard is None:
                    self._heard = connection.execute(sa.select(sa.func.max(events.c.cursor))).scalar() or 0
                else:
                    self._hear(connection, self._heard)
        finally:
            self._write_lock.release()

    def _hear(self, connection: sa.Connection, after: int) -> None:
        """Every event that this process has not written is another's: vectors change with items."""
        rows = connection.execute(
            sa.select(events.c.cursor, events.c.kind, events.c.payload)
            .where(events.c.cursor > after)
            .order_by(events.c.cursor)
        ).all()
        if not rows:
            return
        self._heard = rows[-1].cursor
        changes = Changes(last_cursor=self._heard)
        touched = {identity for row in rows if row.kind in CHANGE_VECTORS for identity in row.payload["ids"]}
        keys = [
            key
            for identity in touched
            for key in connection.execute(sa.select(media.c.key).where(media.c.id == identity)).scalars()
        ]
        for key in keys:
            current = vec_media.c.key.not_in(sa.select(outdated_vectors.c.key))
            vector = sa.select(vec_media.c.embedding).where(vec_media.c.key == key, current)
            for blob in connection.execute(vector).scalars():
                changes.vectors[key] = np.frombuffer(blob, dtype="<f4").astype(np.float32)
        self._tell(changes)

    def _tell(self, changes: Changes) -> None:
        for listener in self._listeners:
            listener(changes)

    def ensure_vector_table(self, dimensions: int) -> None:
        """Makes the vector table, or makes it anew where it was made for vectors of another length.

        Every item counts as never embedded then: its vector is gone, also for the model that made it.
        """
        with self.write() as tx:
            declared = tx.connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'vec_media'").scalar()
            if declared is not None and f"float[{dimensions}]" in declared:
                return
            if declared is not None:
                tx.connection.exec_driver_sql("DROP TABLE vec_media")
                tx.execute(sa.update(media).values(embedding_model=None))
            tx.make_vector_table(dimensions)

    def close(self) -> None:
        self._readers.dispose()
        self._writer.dispose()

    def _connect(self) -> Any:
        connection = self._driver.connect(
            self.path, timeout=BUSY_TIMEOUT_MS / 1000, check_same_thread=False, isolation_level=None
        )
        load_vectors(connection)
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",  # an answered upload survives a power cut
            "foreign_keys = ON",
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "cache_size = -32000",
            "mmap_size = 268435456",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _engine(self, begin: str, pool_size: int) -> sa.Engine:
        engine = sa.create_engine(
            "sqlite://",
            module=self._driver,
            creator=self._connect,
            poolclass=sa.QueuePool,
            pool_size=pool_size,
            max_overflow=0,
            json_serializer=_to_json,
        )

        @sa_event.listens_for(engine, "begin")
        def _begin(connection: sa.Connection) -> None:
            connection.exec_driver_sql(begin)

        return engine


def _to_json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
