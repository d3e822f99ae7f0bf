from collections.abc import Iterator
from pathlib import Path

import pytest

from gallerynet.core.library import Library, LibraryPaths
from gallerynet.settings import Settings
from tests.server import Client, Server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with an empty library, shared by the tests of one module."""
    started = Server(tmp_path_factory.mktemp("server"))
    yield started
    if started.process.poll() is None:
        assert started.stop() == 0
    assert (started.folder / "stderr.log").read_text() == ""


@pytest.fixture
def client(server: Server) -> Client:
    return server.client


@pytest.fixture
def library_paths(tmp_path: Path) -> LibraryPaths:
    return LibraryPaths(tmp_path / "gallery.db", Settings().model_path, tmp_path / "uploads", tmp_path / "thumbnails")


@pytest.fixture
def library(library_paths: LibraryPaths) -> Iterator[Library]:
    """An open, empty library in this process."""
    opened = Library(library_paths, workers=1)
    yield opened
    opened.close()
