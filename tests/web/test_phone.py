"""What a phone shows: navigation within reach, and nothing wider than the window. In German, whose words are longer."""

import pytest
from playwright.sync_api import expect

from tests.server import Server
from tests.web.conftest import OpenWindow
from tests.web.grid import box

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
