from collections.abc import Iterator
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pictures import packaged_photos
from tests.server import Server
from tests.web.browser import Window, launched_browser

# For machines busy with other work: what is waited for comes much sooner.
expect.set_options(timeout=30_000)


# All packaged photographs are in view at once: what is far below is not in the page.
TALL = {"width": 1280, "height": 1600}


class OpenWindow(Protocol):
    def __call__(self, path: str = "/", **options: Any) -> Page: ...


# Not for the session: its event loop is in the way of tests that run one of their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with launched_browser() as launched:
        yield launched


@pytest.fixture
def windows() -> Iterator[list[Window]]:
    """The windows of this test. None of them may have complained, nor have asked any host but the server."""
    opened: list[Window] = []
    yield opened
    complaints = [complaint for window in opened for complaint in window.complaints]
    for window in opened:
        window.close()
    assert complaints == []


@pytest.fixture
def open_window(browser: Browser, server: Server, windows: list[Window]) -> OpenWindow:
    """Opens a window at a path of the server; options are those of a browser context."""

    def open_window(path: str = "/", **options: Any) -> Page:
        window = Window(browser, server.url, **{"viewport": TALL, **options})
        windows.append(window)
        window.page.set_default_timeout(30_000)
        window.page.goto(path)
        return window.page

    return open_window


@pytest.fixture(scope="module")
def filled(server: Server) -> dict[str, str]:
    """Ids of the packaged photographs, uploaded, by their names."""
    return {path.name: server.client.add(path.name, path.read_bytes()) for path in packaged_photos()}
