"""Runs the server until it is told to stop."""

import uvicorn

from gallerynet.app import create_app
from gallerynet.core.errors import CannotStart
from gallerynet.core.library import Library, LibraryPaths
from gallerynet.settings import Settings


def serve_forever(settings: Settings) -> None:
    """Opens the library, serves it, and closes it. Raises CannotStart."""
    if settings.gallery_password:
        raise CannotStart("GALLERY_PASSWORD is not supported by this version: it will not pretend to protect anything.")
    paths = LibraryPaths(settings.database_path, settings.model_path, settings.upload_dir, settings.thumbnail_dir)
    library = Library(paths, index_in_memory=settings.gallery_index == "memory")
    try:
        uvicorn.run(
            create_app(library, settings),
            host=settings.host,
            port=settings.port,
            log_level="warning",
            server_header=False,
            ws_max_size=2**20,
            ws_per_message_deflate=False,  # costs four times the event it sends
            timeout_graceful_shutdown=5,
        )
    finally:
        library.close()
