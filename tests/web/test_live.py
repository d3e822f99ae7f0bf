"""A second window, and a line that was cut: what happened elsewhere shows by itself, and nothing in between is lost."""

import json
import re

from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.pictures import drawn, encode
from tests.server import Server
from tests.web.browser import Window
from tests.web.conftest import OpenWindow
from tests.web.grid import tiles, wait_for_grid

LOST = "Connection lost. Reconnecting…"
FAVORITE = "mutation($id: ID!) { setFavorite(ids: [$id], favorite: true) { id } }"


def test_what_one_window_does_the_other_shows(server: Server, open_window: OpenWindow) -> None:
    first, second = (server.client.add(f"live-{seed}.jpg", encode(drawn(seed))) for seed in (60, 61))
    here, there = open_window(), open_window()
    for page in (here, there):
        wait_for_grid(page)
    here.goto(f"/?media={first}")
    there.goto(f"/?media={first}")
    for page in (here, there):
        expect(page.get_by_role("button", name="Favorite", exact=True)).to_be_visible()
    here.keyboard.press("f")
    expect(there.get_by_role("button", name="Remove from favorites")).to_be_visible()
    here.keyboard.press("Escape")
    here.get_by_role("button", name="New folder").click()
    here.get_by_role("textbox", name="Folder name").fill("Seen at once")
    here.get_by_role("button", name="Create").click()
    there.keyboard.press("Escape")
    expect(there.get_by_role("navigation").get_by_role("link", name="Seen at once")).to_be_visible()
    here.goto(f"/?media={second}")
    expect(here.get_by_role("button", name="Favorite", exact=True)).to_be_visible()
    here.keyboard.press("Delete")
    expect(there.locator(f"[data-media-id='{second}']")).to_have_count(0)


class Line:
    """The WebSocket of a page, which can be cut, and where each subscription over it began."""

    def __init__(self, page: Page) -> None:
        self.asked_after: list[int] = []
        self._page = page
        self._is_cut = False
        self._open: list[WebSocketRoute] = []
        page.route_web_socket(re.compile("/graphql$"), self._relay)

    def cut(self) -> None:
        self._is_cut = True
        if self._open:
            self._open[-1].close(code=1012, reason="The line is cut.")
            expect(self._page.get_by_text(LOST)).to_be_visible()

    def mend(self) -> None:
        expect(self._page.get_by_text(LOST)).to_be_visible()
        self._is_cut = False
        expect(self._page.get_by_text(LOST)).to_be_hidden()

    def _relay(self, socket: WebSocketRoute) -> None:
        if self._is_cut:
            socket.close(code=1012, reason="The line is cut.")
            return
        self._open.append(socket)
        upstream = socket.connect_to_server()

        def to_server(message: str | bytes) -> None:
            if "subscription LibraryEvents" in str(message):
                self.asked_after.append(int(json.loads(message)["payload"]["variables"]["after"]))
            upstream.send(message)

        socket.on_message(to_server)


def test_a_dropped_connection_resumes_behind_the_last_event(browser: Browser, server: Server) -> None:
    window = Window(browser, server.url)  # its console complains of the broken connection, as it should
    page = window.page
    line = Line(page)
    known = server.client.add("known.jpg", encode(drawn(70)))
    page.goto("/")
    wait_for_grid(page)
    shown = tiles(page).count()
    server.client.add("seen.jpg", encode(drawn(71)))
    expect(tiles(page)).to_have_count(shown + 1)
    assert len(line.asked_after) == 1

    line.cut()
    server.client.run(FAVORITE, id=known)
    server.client.add("missed.jpg", encode(drawn(72)))
    line.mend()
    expect(tiles(page)).to_have_count(shown + 2)
    expect(page.locator(f"[data-media-id='{known}']")).to_have_accessible_name(re.compile(", favorite$"))
    first, second = line.asked_after
    assert second > first
    window.close()


def test_what_changes_between_the_reading_and_the_first_event_shows(browser: Browser, server: Server) -> None:
    window = Window(browser, server.url)
    page = window.page
    line = Line(page)
    known = server.client.add("quiet.jpg", encode(drawn(74)))
    line.cut()
    page.goto("/")
    tile = page.locator(f"[data-media-id='{known}']")
    expect(tile).to_be_visible()
    server.client.run(FAVORITE, id=known)
    line.mend()
    expect(tile).to_have_accessible_name(re.compile(", favorite$"))
    window.close()


def test_a_screen_that_cannot_be_fetched_leaves_the_others(browser: Browser, server: Server) -> None:
    window = Window(browser, server.url)  # its console complains of what it cannot fetch
    page = window.page
    page.goto("/")
    expect(page.get_by_role("heading", name="Library")).to_be_visible()
    page.route(re.compile("/assets/Statistics"), lambda route: route.abort())
    page.get_by_role("link", name="Statistics").click()
    failure = page.get_by_role("main").get_by_role("alert")
    expect(failure).to_be_visible()
    page.get_by_role("link", name="Library").click()
    expect(page.get_by_role("heading", name="Library")).to_be_visible()

    page.get_by_role("link", name="Statistics").click()
    expect(failure).to_be_visible()
    page.unroute_all()
    failure.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Statistics")).to_be_visible()
    window.close()


def test_the_viewer_opens_once_the_server_is_there(browser: Browser, server: Server) -> None:
    window = Window(browser, server.url)  # its console complains of what it cannot fetch
    page = window.page
    server.client.add("waited for.jpg", encode(drawn(73)))
    for address in ("/assets/Viewer", "/health"):
        page.route(re.compile(address), lambda route: route.abort())
    page.goto("/")
    wait_for_grid(page)
    with page.expect_request(re.compile("/health")):
        tiles(page).first.click()
    expect(page.get_by_role("heading", name="Library")).to_be_visible()
    page.unroute_all()
    expect(page.get_by_role("dialog")).to_be_visible()
    window.close()
