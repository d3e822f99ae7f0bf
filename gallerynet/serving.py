"""Runs the server until it is told to stop."""

import signal
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from gallerynet.app import create_app
from gallerynet.core.library import Library, LibraryPaths
from gallerynet.settings import Settings
from gallerynet.websocket import QuickWebSocket


class _Server(uvicorn.Server):
    """Says where it is once it is there; ends what would keep it from stopping."""

    def __init__(self, config: uvicorn.Config, end_streams: Callable[[], None]) -> None:
        super().__init__(config)
        self._end_streams = end_streams

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            print(f"GalleryNet serves at http://{shown}:{port} (Ctrl+C ends it)", flush=True)  # noqa: T201 - the user waits

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._end_streams()
        await super().shutdown(sockets)


def serve_forever(settings: Settings) -> None:
    """Opens the library, serves it, and closes it. Raises CannotStart."""
    paths = LibraryPaths(settings.database_path, settings.model_path, settings.upload_dir, settings.thumbnail_dir)
    library = Library(paths, index_in_memory=settings.gallery_index == "memory")
    try:
        app = create_app(library, settings)
        config = uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            server_header=False,
            ws=QuickWebSocket,
            ws_max_size=2**20,
            ws_per_message_deflate=False,  # costs four times the event it sends
            timeout_graceful_shutdown=5,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies,
        )
        # uvicorn ends in order and then raises the signal again, which must not keep the library from being closed.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            _Server(config, app.state.end_streams).run()
    finally:
        library.close()
