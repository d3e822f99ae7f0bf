"""Everything that changes the library, in order: written with the change, read by whoever watches.

A change writes its event row in its own transaction (``record``), so there is no change without its event and no event
without its change. ``EventFeed`` reads the rows and hands them to subscribers, whichever process wrote them.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from gallerynet.core.clock import Timestamp, now
from gallerynet.core.database import Changes, Database, Transaction
from gallerynet.core.database.tables import events
from gallerynet.core.ids import Id

IDS_PER_EVENT = 500
QUEUE_LENGTH = 1_000
BACKLOG = 10_000  # a client that missed more than this fetches anew
BATCH_SECONDS = 0.05  # changes that follow so soon reach subscribers together: one wake-up and one write for each
POLL_SECONDS = 1.0  # for what another process, such as an import, commits

T = TypeVar("T")


class EventKind(Enum):
    MEDIA_ADDED = "MediaAdded"
    MEDIA_CHANGED = "MediaChanged"
    MEDIA_REMOVED = "MediaRemoved"
    FOLDER_CHANGED = "FolderChanged"
    FOLDER_REMOVED = "FolderRemoved"
    FOLDERS_REORDERED = "FoldersReordered"
    FOLDER_CONTENTS_CHANGED = "FolderContentsChanged"
    TAGS_CHANGED = "TagsChanged"
    RESYNC_REQUIRED = "ResyncRequired"


@dataclass(frozen=True, slots=True)
class Event:
    cursor: int
    occurred_at: Timestamp
    kind: EventKind
    payload: dict[str, Any]


def resync(last: Event) -> Event:
    """What those are told who missed some up to ``last``."""
    return Event(last.cursor, last.occurred_at, EventKind.RESYNC_REQUIRED, {})


def record(tx: Transaction, kind: EventKind, **payload: Any) -> None:
    """Writes the event into the transaction of the change that it tells of."""
    tx.emit(kind.value, payload)


def record_media(tx: Transaction, kind: EventKind, ids: Sequence[Id], **payload: Any) -> None:
    """Like ``record`` for any number of items: as many events as keep each one small."""
    for start in range(0, len(ids), IDS_PER_EVENT):
        record(tx, kind, ids=list(ids[start : start + IDS_PER_EVENT]), **payload)


class Waiting(Generic[T]):
    """What waits for one reader, oldest first; at most QUEUE_LENGTH for a slow one."""

    def __init__(self, on_close: Callable[["Waiting[T]"], object]) -> None:
        self._items: list[T] = []
        self._ready = asyncio.Event()
        self._on_close = on_close
        self._closed = False

    def offer(self, items: Sequence[T]) -> bool:
        """False, and nothing is queued, where there is no room."""
        if len(self._items) + len(items) > QUEUE_LENGTH:
            return False
        self._items += items
        self._ready.set()
        return True

    def replace(self, item: T) -> None:
        """All that waits gives way to this."""
        self._items = [item]
        self._ready.set()

    def close(self) -> None:
        """Ends the reader once it has read what waits."""
        self._closed = True
        self._on_close(self)
        self._ready.set()

    async def __aiter__(self) -> AsyncIterator[list[T]]:
        """All that waits, each time that something does."""
        while True:
            await self._ready.wait()
            self._ready.clear()
            items, self._items = self._items, []
            if items:
                yield items
            if self._closed and not self._items:
                return


class EventFeed:
    """Hands each event to every subscriber, in order."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._subscriptions: set[Waiting[Event]] = set()
        self._committed = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._last = 0
        database.on_commit(self._on_commit)

    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._last = await self.newest()
        self._task = asyncio.create_task(self._pump())

    async def stop(self) -> None:
        """Ends every subscription."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        self._loop = None
        for subscription in list(self._subscriptions):
            subscription.close()

    def subscribe(self) -> Waiting[Event]:
        """Every event handed out from now on, until it is closed; those of a slow reader give way to ResyncRequired."""
        subscription: Waiting[Event] = Waiting(self._subscriptions.discard)
        self._subscriptions.add(subscription)
        return subscription

    async def newest(self) -> int:
        """The last event's cursor: what is read from now on is no older than it."""
        return await asyncio.to_thread(self._newest)

    async def catch_up(self, after: int | None) -> tuple[list[Event], int]:
        """What happened since that cursor, and the cursor that this goes up to: what was handed out may be behind it.

        ResyncRequired if it is too old; nothing if it is None.
        """
        return await asyncio.to_thread(self._catch_up, after)

    def _on_commit(self, changes: Changes) -> None:
        loop = self._loop
        if changes.last_cursor is not None and loop is not None:
            with suppress(RuntimeError):  # the loop has just closed: nobody listens any more
                loop.call_soon_threadsafe(self._committed.set)

    async def _pump(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._committed.wait(), POLL_SECONDS)
            self._committed.clear()
            # Whoever hears of an item of another process may ask what is like it.
            await asyncio.to_thread(self._database.catch_up)
            events = await asyncio.to_thread(self._since, self._last)
            if not events:
                continue
            self._last = events[-1].cursor
            for subscription in self._subscriptions:
                if not subscription.offer(events):
                    subscription.replace(resync(events[-1]))
            await asyncio.sleep(BATCH_SECONDS)

    def _newest(self) -> int:
        with self._database.read() as connection:
            return connection.execute(sa.select(sa.func.max(events.c.cursor))).scalar() or 0

    def _since(self, cursor: int, limit: int = QUEUE_LENGTH) -> list[Event]:
        query = sa.select(events).where(events.c.cursor > cursor).order_by(events.c.cursor).limit(limit)
        with self._database.read() as connection:
            return [
                Event(row.cursor, row.occurred_at, EventKind(row.kind), row.payload)
                for row in connection.execute(query)
            ]

    def _catch_up(self, after: int | None) -> tuple[list[Event], int]:
        until = self._newest()
        if after is None or after == until:
            return [], until
        with self._database.read() as connection:
            oldest = connection.execute(sa.select(sa.func.min(events.c.cursor))).scalar() or until + 1
        if after > until or after < oldest - 1 or until - after > BACKLOG:
            return [Event(until, now(), EventKind.RESYNC_REQUIRED, {})], until
        return [event for event in self._since(after, BACKLOG) if event.cursor <= until], until
