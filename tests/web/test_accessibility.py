"""axe-core finds nothing on any screen, light or dark, wide or narrow, and none is wider than its window."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.pictures import drawn, encode
from tests.server import Server
from tests.web.browser import AXE, Window
from tests.web.conftest import OpenWindow
from tests.web.grid import wait_for_grid

needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: `make test` does that with Node")

SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}
ITEM = '{ media(first: 1, filter: { text: "china" }) { nodes { id } } }'
FILM = "{ media(first: 1, filter: { mediaType: VIDEO }) { nodes { id } } }"
TRASH = "mutation($ids: [ID!]!) { deleteMedia(ids: $ids) { count } }"
RESTORE = "mutation($ids: [ID!]!) { restoreMedia(ids: $ids) { id } }"

# Where it is, and what makes it the screen that is meant.
Screen = tuple[str, Callable[[Page], object]]


@pytest.fixture(scope="module")
def server(demo: Server) -> Server:
    return demo


@pytest.fixture(scope="module")
def screens(server: Server) -> Iterator[dict[str, Screen]]:
    """All of them, with something in each."""
    run = server.client.run
    item, film = (run(query)["media"]["nodes"][0]["id"] for query in (ITEM, FILM))
    trashed = [
        node["id"] for node in run('{ media(first: 2, filter: { text: "stars" }) { nodes { id } } }')["media"]["nodes"]
    ]
    folder = run("{ folders { id } }")["folders"][0]["id"]
    run(TRASH, ids=trashed)
    yield {
        "library": ("/", wait_for_grid),
        "filtered by a tag": ("/?tag=boats", wait_for_grid),
        "nothing found": ("/?q=nowhere", heading("Nothing matches")),
        "favorites": ("/favorites", wait_for_grid),
        "folder": (f"/folders/{folder}", wait_for_grid),
        "filling a folder": (f"/?addTo={folder}", wait_for_grid),
        "trash": ("/trash", wait_for_grid),
        "trash, chosen": ("/trash", chosen),
        "selection": ("/", chosen),
        "palette": ("/", dialog_of("/")),
        "help": ("/", dialog_of("?")),
        "jump": ("/", dialog_of("j")),
        "uploads": ("/", uploads),
        "viewer": (f"/?media={item}", viewer),
        "film": (f"/?media={film}", lambda page: expect(page.get_by_role("dialog").locator("video")).to_be_visible()),
        "search": (f"/search?source={item}&min=50", wait_for_grid),
        "search start": ("/search", heading("Find what looks alike")),
        "groups": ("/groups?min=80", words("Keep best")),
        "duplicates": ("/duplicates", words("Keep best")),
        "moments": ("/duplicates?of=moments", words("Keep best")),
        "tags": ("/tags", words("right about")),
        "tag": ("/tags/boats", words("Tagged automatically")),
        "map": ("/map", lambda page: expect(places(page).first).to_be_visible()),
        "jobs": ("/jobs", words("pictures added")),
        "statistics": ("/statistics", words("By year")),
        "settings": ("/settings", words("Appearance")),
        "missing": ("/nowhere", heading("There is no such page")),
    }
    run(RESTORE, ids=trashed)


@needs_axe
@pytest.mark.parametrize("size", SIZES)
def test_every_screen(browser: Browser, server: Server, screens: dict[str, Screen], size: str) -> None:
    window = Window(browser, server.url, viewport=SIZES[size], reduced_motion="reduce")
    page = window.page
    page.set_default_timeout(30_000)
    for name, (address, show) in screens.items():
        page.goto(address)
        show(page)
        assert window.violations() == [], name
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), name
    window.close()
    assert window.complaints == []


@pytest.mark.parametrize("width", [320, 768, 2560])
def test_no_width_needs_scrolling_sideways(open_window: OpenWindow, screens: dict[str, Screen], width: int) -> None:
    page = open_window("/", viewport={"width": width, "height": 900})
    for name in ("library", "viewer", "search", "duplicates", "tag", "settings"):
        address, show = screens[name]
        page.goto(address)
        show(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), name


def heading(name: str) -> Callable[[Page], object]:
    return lambda page: expect(page.get_by_role("heading", name=name)).to_be_visible()


def words(text: str) -> Callable[[Page], object]:
    return lambda page: expect(page.get_by_role("main").get_by_text(text).first).to_be_visible()


def places(page: Page) -> Locator:
    return page.get_by_role("group", name="World map").get_by_role("link")


def dialog_of(key: str) -> Callable[[Page], object]:
    def show(page: Page) -> None:
        wait_for_grid(page)
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()

    return show


def chosen(page: Page) -> None:
    wait_for_grid(page)
    page.keyboard.press("Control+a")
    expect(page.get_by_role("button", name="Clear selection")).to_be_visible()


def viewer(page: Page) -> None:
    details = page.get_by_role("button", name="Details")
    if details.get_attribute("aria-pressed") == "false":
        details.click()
    panel = page.get_by_role("complementary", name="Details")
    expect(panel.get_by_role("heading", name="china.jpg")).to_be_in_viewport()
    expect(details).to_be_in_viewport()


def uploads(page: Page) -> None:
    wait_for_grid(page)
    page.locator("input[type=file]").first.set_input_files(
        {"name": "letter.doc", "mimeType": "application/msword", "buffer": encode(drawn(1))[:20]}
    )
    expect(page.get_by_role("region", name="Uploads").get_by_role("status").first).to_contain_text("1 failed")
