"""A second window, and a line that was cut: what happened elsewhere shows by itself, and nothing in between is lost."""

import re

from playwright.sync_api import Browser, WebSocketRoute, expect

from tests.pictures import drawn, encode
from tests.server import Server
from tests.web.browser import Window
from tests.web.conftest import OpenWindow
from tests.web.grid import tiles, wait_for_grid

FAVORITE = "mutation($id: ID!) { setFavorite(ids: [$id], favorite: true) { id } }"


def test_what_one_window_does_the_other_shows(server: Server, open_window: OpenWindow) -> None:
    first, second = (server.client.add(f"live-{seed}.jpg", encode(drawn(seed))) for seed in (60, 61))
    here, there = open_window(), open_window()
    for page in (here, there):
        wait_for_grid(page)
    here.goto(f"/?media={first}")
    there.goto(f"/?media={first}")
    for page in (here, there):
        expect(page.get_by_role("dialog")).to_be_visible()
    here.keyboard.press("f")
    expect(there.get_by_role("button", name="Remove from favorites")).to_be_visible()
    here.keyboard.press("Escape")
    here.get_by_role("button", name="New folder").click()
    here.get_by_role("textbox", name="Folder name").fill("Seen at once")
    here.get_by_role("button", name="Create").click()
    there.keyboard.press("Escape")
    expect(there.get_by_role("navigation").get_by_role("link", name="Seen at once")).to_be_visible()
    here.goto(f"/?media={second}")
    expect(here.get_by_role("dialog")).to_be_visible()
    here.keyboard.press("Delete")
    expect(there.locator(f"[data-media-id='{second}']")).to_have_count(0)


def test_a_dropped_connection_resumes_behind_the_last_event(browser: Browser, server: Server) -> None:
    window = Window(browser, server.url)  # its console complains of the broken connection, as it should
    page = window.page
    sockets: list[WebSocketRoute] = []
    asked: list[str] = []
    is_cut = False

    def relay(socket: WebSocketRoute) -> None:
        if is_cut:
            socket.close(code=1012, reason="The line is cut.")
            return
        sockets.append(socket)
        upstream = socket.connect_to_server()

        def forward(message: str | bytes) -> None:
            if "subscription LibraryEvents" in str(message):
                asked.append(str(message))
            upstream.send(message)

        socket.on_message(forward)

    page.route_web_socket(re.compile("/graphql$"), relay)
    known = server.client.add("known.jpg", encode(drawn(70)))
    page.goto("/")
    wait_for_grid(page)
    # An event has been seen, so there is a place to go on from.
    before = tiles(page).count()
    server.client.add("seen.jpg", encode(drawn(71)))
    expect(tiles(page)).to_have_count(before + 1)
    assert len(asked) == 1
    assert '"after"' not in asked[0]

    is_cut = True
    sockets[-1].close(code=1012, reason="The line is cut.")
    expect(page.get_by_text("Connection lost. Reconnecting…")).to_be_visible()
    server.client.run(FAVORITE, id=known)
    server.client.add("missed.jpg", encode(drawn(72)))
    is_cut = False
    expect(page.get_by_text("Connection lost. Reconnecting…")).to_be_hidden()
    expect(tiles(page)).to_have_count(before + 2)
    expect(page.locator(f"[data-media-id='{known}']")).to_have_accessible_name(re.compile(", favorite$"))
    assert len(asked) == 2
    assert '"after"' in asked[1]
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
