from collections.abc import Iterator
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page, expect

from gallerynet.demo.collection import TOTAL
from tests.pictures import packaged_photos
from tests.server import Server
from tests.web.browser import Window, launched_browser

# For machines busy with other work: what is waited for comes much sooner.
expect.set_options(timeout=30_000)


DEMO_SECONDS = 300

# All packaged photographs are in view at once: what is far below is not in the page.
TALL = {"width": 1280, "height": 1600}


class OpenWindow(Protocol):
    def __call__(self, path: str = "/", **options: Any) -> Page: ...


# Not for the session: its event loop is in the way of tests that run one of their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with launched_browser() as launched:
        yield launched


@pytest.fixture(scope="package")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose empty library was filled as the empty screen offers. Who changes it puts it right again."""
    started = Server(tmp_path_factory.mktemp("demo"))
    try:
        _fill_by_the_empty_screen(browser, started)
        yield started
    finally:
        code = started.stop()
    assert code == 0
    assert (started.folder / "stderr.log").read_text() == ""


def _fill_by_the_empty_screen(browser: Browser, server: Server) -> None:
    window = Window(browser, server.url)
    page = window.page
    page.goto("/")
    page.get_by_role("button", name="Try it with a demo library").click()
    page.get_by_role("button", name="Jobs").click()
    row = page.get_by_role("main").get_by_role("listitem").filter(has_text="Demo library")
    expect(row.get_by_role("progressbar")).to_be_visible()
    expect(row).to_contain_text("Running")
    expect(row).to_contain_text(f"{TOTAL} pictures added", timeout=DEMO_SECONDS * 1000)
    assert window.complaints == []
    window.close()


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
