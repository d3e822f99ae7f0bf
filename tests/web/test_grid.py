"""A long library: where one is in it, getting elsewhere, and staying there."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.pictures import drawn, encode
from tests.server import Server
from tests.synthetic import served
from tests.web.conftest import OpenWindow
from tests.web.grid import SCROLLER, box, scroll_to, scroll_top, seen_at, tile_at, wait_for_grid

COUNT = 3_000
WIDE = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("long"), COUNT) as started:
        yield started


def library(open_window: OpenWindow, path: str = "/") -> Page:
    page = open_window(path, viewport=WIDE)
    wait_for_grid(page)
    return page


def test_the_scrubber_leads_through_the_years(open_window: OpenWindow) -> None:
    page = library(open_window)
    scrubber = page.get_by_role("slider", name="Go to a date")
    expect(scrubber).to_have_attribute("aria-valuetext", "December 2024")
    expect(scrubber.get_by_text("2015", exact=True)).to_be_visible()

    scrubber.press("End")
    expect(scrubber).to_have_attribute("aria-valuetext", "January 2005")
    expect(tile_at(page, COUNT - 1)).to_be_visible()
    scrubber.press("PageUp")
    expect(scrubber).to_have_attribute("aria-valuetext", re.compile("200[67]"))

    place = box(scrubber)
    page.mouse.move(place["x"] + 40, place["y"] + 18)
    page.mouse.down()
    page.mouse.move(place["x"] + 40, place["y"] + place["height"] / 2, steps=4)
    bubble = scrubber.get_by_text(re.compile(r"^\w+ 20(13|14|15|16|17)$"))
    expect(bubble).to_be_visible()
    page.mouse.up()
    heading = (scrubber.get_attribute("aria-valuetext") or "").strip()
    # The month that is named is the one whose heading sticks to the top.
    sticky = page.get_by_role("grid").get_by_role("heading", name=heading)
    assert abs(box(sticky)["y"] - page.evaluate(f"{SCROLLER}.getBoundingClientRect().top")) < 60


def test_a_date_is_jumped_to(open_window: OpenWindow) -> None:
    page = library(open_window)
    page.keyboard.press("j")
    page.get_by_label("Day").fill("2012-03-15")
    page.get_by_role("button", name="Go", exact=True).click()
    found = page.locator("[data-index]:focus")
    expect(found).to_have_accessible_name(re.compile(r"(February|March) \d+, 2012"))
    newer = int(found.get_attribute("data-index") or 0) - 1
    expect(tile_at(page, newer)).to_have_accessible_name(re.compile(r"(March|April) \d+, 2012"))


def test_back_and_reload_return_to_the_same_place(open_window: OpenWindow) -> None:
    page = library(open_window)
    identity = seen_at(page, 5_432)
    place = scroll_top(page)
    page.locator(f"[data-media-id='{identity}']").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(f"[data-media-id='{identity}']")).to_be_focused()
    assert scroll_top(page) == place

    page.get_by_role("link", name="Favorites", exact=True).click()
    expect(page.get_by_role("heading", name="Favorites", exact=True)).to_be_visible()
    page.go_back()
    expect(page.locator(f"[data-media-id='{identity}']")).to_be_visible()
    assert scroll_top(page) == place
    page.reload()
    expect(page.locator(f"[data-media-id='{identity}']")).to_be_visible()
    assert scroll_top(page) == place


def test_the_order_is_in_the_address(open_window: OpenWindow) -> None:
    page = library(open_window)
    page.get_by_label("Order").select_option("Oldest first")
    expect(page).to_have_url(re.compile(r"\?sort=oldest$"))
    expect(tile_at(page, 0)).to_have_accessible_name(re.compile("January [1-9], 2005"))
    page.reload()
    expect(page.get_by_label("Order")).to_have_value("oldest")
    expect(tile_at(page, 0)).to_have_accessible_name(re.compile("January [1-9], 2005"))
    page.goto("/?sort=name")
    expect(tile_at(page, 0)).to_be_visible()
    expect(page.get_by_role("grid").get_by_role("heading")).to_have_count(0)


def test_what_comes_in_moves_nothing_under_the_pointer(server: Server, open_window: OpenWindow) -> None:
    page = library(open_window)
    tile = tile_at(page, 3)
    identity = tile.get_attribute("data-media-id")
    tile.hover()
    before = box(tile)
    server.client.add("new.jpg", encode(drawn(1_000)))
    pill = page.get_by_role("button", name="1 new")
    expect(pill).to_be_visible()
    assert box(page.locator(f"[data-media-id='{identity}']")) == before
    pill.click()
    expect(tile_at(page, 0)).to_be_visible()
    expect(pill).to_be_hidden()

    page.mouse.move(700, 10)
    seen = page.locator(f"[data-media-id='{seen_at(page, 9_000)}']")
    before = box(seen)
    server.client.add("newer.jpg", encode(drawn(1_001)))
    expect(pill).to_be_visible()
    assert box(seen) == before


def test_keys_move_by_geometry_and_pages(open_window: OpenWindow) -> None:
    page = library(open_window)
    total = int(page.evaluate("() => Number(document.querySelector('h1 + span').textContent.replace(',', ''))"))
    tile_at(page, 0).focus()
    page.keyboard.press("ArrowDown")
    below = page.locator("[data-index]:focus")
    expect(below).not_to_have_attribute("data-index", "0")
    page.keyboard.press("PageDown")
    expect(page.locator("[data-index]:focus")).to_be_in_viewport()
    assert scroll_top(page) > 0
    page.keyboard.press("End")
    expect(tile_at(page, total - 1)).to_be_focused()
    page.keyboard.press("Home")
    expect(tile_at(page, 0)).to_be_focused()
    # The focus stays on its tile wherever the mouse scrolls to.
    scroll_to(page, 20_000)
    expect(tile_at(page, 0)).to_be_focused()


def test_few_nodes_and_requests_whatever_is_scrolled(open_window: OpenWindow) -> None:
    page = library(open_window)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/graphql" in request.url else None)
    height = page.evaluate(f"{SCROLLER}.scrollHeight")
    most = 0
    for step in range(40):
        scroll_to(page, height * step / 40)
        page.wait_for_function("() => document.querySelector('[role=grid] [data-index]') !== null")
        most = max(most, page.evaluate("() => document.querySelectorAll('*').length"))
    assert most < 600
    # One for each block of sixty at most, though many were passed twice.
    assert len(asked) <= COUNT / 60 + 5


def test_fingers_change_the_density(open_window: OpenWindow) -> None:
    page = open_window("/", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    wait_for_grid(page)
    height = box(tile_at(page, 0))["height"]
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[int, int]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    touch("touchStart", (150, 400), (250, 500))
    for step in range(1, 6):
        touch("touchMove", (150 + 8 * step, 400 + 8 * step), (250 - 8 * step, 500 - 8 * step))
    touch("touchEnd")
    page.wait_for_function(
        "(height) => document.querySelector('[data-index]').getBoundingClientRect().height < height", arg=height
    )
