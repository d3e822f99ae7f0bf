"""Everything that changes the library, in order: written with the change, read by whoever watches.

A change writes its event row in its own transaction (``record``), so there is no change without its event and no event
without its change. ``EventFeed`` reads the rows and hands them to subscribers, whichever process wrote them.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any

import sqlalchemy as sa

from gallerynet.core.clock import Timestamp, now
from gallerynet.core.database import Changes, Database, Transaction
from gallerynet.core.database.tables import events
from gallerynet.core.ids import Id

IDS_PER_EVENT = 500
QUEUE_LENGTH = 1_000
BACKLOG = 10_000  # a client that missed more than this fetches anew
POLL_SECONDS = 1.0  # for what another process, such as an import, commits


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


def record(tx: Transaction, kind: EventKind, **payload: Any) -> None:
    """Writes the event into the transaction of the change that it tells of."""
    tx.emit(kind.value, payload)


def record_media(tx: Transaction, kind: EventKind, ids: Sequence[Id], **payload: Any) -> None:
    """Like ``record`` for any number of items: as many events as keep each one small."""
    for start in range(0, len(ids), IDS_PER_EVENT):
        record(tx, kind, ids=list(ids[start : start + IDS_PER_EVENT]), **payload)


class Subscription:
    """One watcher's events, oldest first; at most QUEUE_LENGTH wait for a slow one."""

    def __init__(self) -> None:
        self._waiting: deque[Event] = deque()
        self._ready = asyncio.Event()
        self._closed = False

    def offer(self, event: Event) -> None:
        """Queues the event. Where the watcher is too slow, all that waits gives way to one ResyncRequired."""
        if len(self._waiting) >= QUEUE_LENGTH:
            self._waiting.clear()
            event = Event(event.cursor, event.occurred_at, EventKind.RESYNC_REQUIRED, {})
        self._waiting.append(event)
        self._ready.set()

    def close(self) -> None:
        self._closed = True
        self._ready.set()

    async def __aiter__(self) -> AsyncIterator[Event]:
        while True:
            await self._ready.wait()
            while self._waiting:
                yield self._waiting.popleft()
            if self._closed:
                return
            self._ready.clear()


class EventFeed:
    """Hands each event to every subscriber, in order."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._subscriptions: set[Subscription] = set()
        self._committed = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._last = 0
        database.on_commit(self._on_commit)

    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._last = await asyncio.to_thread(self._newest)
        self._task = asyncio.create_task(self._pump())

    async def stop(self) -> None:
        """Ends every subscription."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        self._loop = None
        for subscription in self._subscriptions:
            subscription.close()

    async def subscribe(self, after: int | None) -> AsyncIterator[Event]:
        """Every event from now on; with ``after``, all since that cursor first, or ResyncRequired if it is too old."""
        subscription = Subscription()
        self._subscriptions.add(subscription)
        try:
            if after is not None and after != self._last:
                for event in await asyncio.to_thread(self._missed, after, self._last):
                    yield event
            async for event in subscription:
                yield event
        finally:
            self._subscriptions.discard(subscription)

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
            for event in await asyncio.to_thread(self._since, self._last):
                self._last = event.cursor
                for subscription in self._subscriptions:
                    subscription.offer(event)

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

    def _missed(self, after: int, until: int) -> list[Event]:
        with self._database.read() as connection:
            oldest = connection.execute(sa.select(sa.func.min(events.c.cursor))).scalar() or until + 1
        if after > until or after < oldest - 1 or until - after > BACKLOG:
            return [Event(until, now(), EventKind.RESYNC_REQUIRED, {})]
        return [event for event in self._since(after, BACKLOG) if event.cursor <= until]
