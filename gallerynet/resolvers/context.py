"""What every resolver is given."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

import strawberry

from gallerynet.core.auth import Auth, Session
from gallerynet.core.errors import Unauthenticated
from gallerynet.core.library import Library
from gallerynet.resolvers.loaders import Loaders
from gallerynet.resolvers.once import Once

P = ParamSpec("P")
T = TypeVar("T")

KEPT_EVENTS = 256


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking; the session is None where the gallery has no password."""

    is_authenticated: bool
    session: Session | None


@dataclass(frozen=True)
class Services:
    """What the server shares among all requests."""

    library: Library
    auth: Auth
    ingest_threads: ThreadPoolExecutor
    told_events: Once[object] = field(default_factory=lambda: Once(KEPT_EVENTS))


class Context:
    """Of one HTTP request, or of one WebSocket for as long as it is open.

    The library is there for those who are logged in only: a resolver that needs nothing else needs no check of its own.
    """

    def __init__(
        self,
        services: Services,
        viewer: Viewer,
        address: str = "",
        user_agent: str = "",
        keep_session: Callable[[str | None], None] = lambda _: None,
        note_viewer: Callable[[Viewer], None] = lambda _: None,
    ) -> None:
        self.auth = services.auth
        self.told_events = services.told_events  # what subscribers are told is read once for all of them
        self.viewer = viewer
        self.address = address
        self.user_agent = user_agent
        self.keep_session = keep_session  # gives the client a session's token, or takes it away
        self.note_viewer = note_viewer  # tells the connection whose it is
        self.connection_params: object = None  # set by Strawberry on a WebSocket
        self._services = services
        self.loaders = Loaders(services.library.database)

    @property
    def library(self) -> Library:
        """Raises Unauthenticated."""
        if not self.viewer.is_authenticated:
            raise Unauthenticated("You are not logged in. Log in with the mutation login, or send a bearer token.")
        return self._services.library

    async def event_cursor(self) -> str:
        """The last event's, for those who are logged in by now."""
        return str(await self._services.library.events.newest())

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Calls core in a thread: the event loop never waits for SQL."""
        return await asyncio.to_thread(function, *args, **kwargs)

    async def run_ingest(self, function: Callable[..., T], *args: object) -> T:
        """Like ``run``, in the few threads that wait for decoders, so that they leave room for questions."""
        threads = self._services.ingest_threads
        return await asyncio.get_running_loop().run_in_executor(threads, lambda: function(*args))


Info = strawberry.Info[Context, Any]
