"""What every resolver is given."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

import strawberry

from gallerynet.core.library import Library
from gallerynet.resolvers.loaders import Loaders

P = ParamSpec("P")
T = TypeVar("T")


class Context:
    """Of one HTTP request, or of one WebSocket for as long as it is open."""

    def __init__(self, library: Library, ingest_threads: ThreadPoolExecutor) -> None:
        self.library = library
        self.loaders = Loaders(library.database)
        self._ingest_threads = ingest_threads
        self.connection_params: object = None  # set by Strawberry on a WebSocket

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Calls core in a thread: the event loop never waits for SQL."""
        return await asyncio.to_thread(function, *args, **kwargs)

    async def run_ingest(self, function: Callable[..., T], *args: object) -> T:
        """Like ``run``, in the few threads that wait for decoders, so that they leave room for questions."""
        return await asyncio.get_running_loop().run_in_executor(self._ingest_threads, lambda: function(*args))


Info = strawberry.Info[Context, Any]
