"""What a phone shows: navigation within reach, and nothing wider than the window. In German, whose words are longer."""

import re

import pytest
from playwright.sync_api import expect

from tests.server import Server
from tests.web.conftest import OpenWindow
from tests.web.grid import box, tile_at, wait_for_grid

FILM = "{ media(first: 1, filter: { mediaType: VIDEO }) { nodes { id } } }"
SMALLEST = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True, "locale": "de-DE"}
SCREENS = (
    "/",
    "/search",
    "/tags",
    "/tags/mountains",
    "/groups",
    "/duplicates",
    "/map",
    "/trash",
    "/jobs",
    "/statistics",
    "/settings",
)
# What scrolls sideways, the page itself included; the pages of a phone scroll up and down alone.
WIDER = """() => [document.documentElement, ...document.querySelectorAll("main, main *")]
  .filter((element) => element.scrollWidth > element.clientWidth + 1)
  .filter((element) => element === document.documentElement || /auto|scroll/.test(getComputedStyle(element).overflowX))
  .map((element) => `${element.tagName} ${element.className}: ${element.scrollWidth} > ${element.clientWidth}`)"""


@pytest.fixture(scope="module")
def server(demo: Server) -> Server:
    return demo


def test_navigation_is_at_the_lower_edge(open_window: OpenWindow) -> None:
    page = open_window("/", **SMALLEST)
    bar = page.get_by_role("navigation", name="Schnellzugriff")
    bar.get_by_role("link", name="Favoriten").tap()
    expect(page.get_by_role("heading", name="Favoriten", level=1)).to_be_visible()
    expect(bar.get_by_role("link", name="Favoriten")).to_have_attribute("aria-current", "page")
    for target in (*bar.get_by_role("link").all(), bar.get_by_role("button", name="Menü öffnen")):
        assert min(box(target)["width"], box(target)["height"]) >= 44
    edge = box(bar)["y"]
    assert edge + box(bar)["height"] == 640
    content = box(page.get_by_role("main"))
    assert content["y"] + content["height"] <= edge
    page.get_by_role("grid").get_by_role("link").first.press("x")
    floating = box(page.get_by_role("region", name="Auswahl").get_by_role("button", name="Auswahl aufheben"))
    assert floating["y"] + floating["height"] <= edge


@pytest.mark.parametrize("path", SCREENS)
def test_no_screen_scrolls_sideways(open_window: OpenWindow, path: str) -> None:
    page = open_window(path, **SMALLEST)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    for width in (320, 390, 700, 1024, 2560):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(WIDER) == [], width


def test_a_finger_swipes_over_a_film_too(server: Server, open_window: OpenWindow) -> None:
    film = server.client.run(FILM)["media"]["nodes"][0]["id"]
    page = open_window(f"/?media={film}", **SMALLEST)
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("video")).to_have_attribute("src", re.compile("^/playback/"))
    session = page.context.new_cdp_session(page)

    def swipe(x: int, y: int) -> None:
        for kind, part in (("touchStart", 0.0), ("touchMove", 0.5), ("touchMove", 1.0)):
            point = {"x": 160 + x * part, "y": 250 + y * part}
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    swipe(-140, 5)
    expect(dialog.locator("video")).to_have_count(0)
    swipe(140, 5)
    expect(dialog.locator("video")).to_be_visible()
    swipe(0, 140)
    expect(dialog).to_be_hidden()


def test_what_is_chosen_shows_in_the_readers_own_colours(open_window: OpenWindow) -> None:
    page = open_window("/", forced_colors="active", viewport={"width": 1100, "height": 700})
    wait_for_grid(page)
    tile_at(page, 0).press("x")
    ticks = page.get_by_role("grid").get_by_role("gridcell").locator("svg.lucide-check")
    expect(ticks.filter(visible=True)).to_have_count(1)
    for what in ("backgroundColor", "color"):
        values = f"(labels) => new Set(labels.map((label) => getComputedStyle(label).{what})).size"
        assert page.get_by_role("group", name="Type").locator("label").evaluate_all(values) == 2
