"""Connections that stay open, and end with the session that opened them."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Hashable, Iterator
from contextlib import contextmanager, suppress

from gallerynet.core.ids import Id


class OpenConnections:
    """Each with how to close it, and whose it is where that is known."""

    def __init__(self) -> None:
        self._closers: dict[Hashable, Callable[[], object]] = {}
        self._sessions: dict[Hashable, Id] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    @contextmanager
    def opened(self, connection: Hashable, close: Callable[[], object]) -> Iterator[None]:
        """Keeps the connection in the list while the block runs."""
        self._loop = asyncio.get_running_loop()
        self._closers[connection] = close
        try:
            yield
        finally:
            del self._closers[connection]
            self._sessions.pop(connection, None)

    def belongs_to(self, connection: Hashable, session: Id) -> None:
        self._sessions[connection] = session

    def end(self, sessions: list[Id]) -> None:
        """Closes the connections of sessions that have ended; called from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._close_those_of, set(sessions))

    def end_all(self) -> None:
        for close in list(self._closers.values()):
            close()

    def _close_those_of(self, sessions: set[Id]) -> None:
        for connection in [connection for connection, session in self._sessions.items() if session in sessions]:
            self._closers[connection]()


async def until(ended: asyncio.Event, pieces: AsyncGenerator[str, None]) -> AsyncGenerator[str, None]:
    """The pieces up to the event, which does not wait for a next one."""
    ending = asyncio.ensure_future(ended.wait())
    step: asyncio.Future[str] | None = None
    try:
        while True:
            step = asyncio.ensure_future(anext(pieces))
            await asyncio.wait((step, ending), return_when=asyncio.FIRST_COMPLETED)
            if not step.done():
                return
            try:
                piece = step.result()
            except StopAsyncIteration:
                return
            yield piece
    finally:
        ending.cancel()
        if step is not None and not step.done():
            step.cancel()
            # It may have come to its end at the very moment that it was to be stopped.
            with suppress(asyncio.CancelledError, StopAsyncIteration):
                await step
        await pieces.aclose()
