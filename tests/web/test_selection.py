"""Choosing among more than is loaded, and what can be done with what is chosen."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.server import Server
from tests.synthetic import served
from tests.web.conftest import OpenWindow
from tests.web.grid import box, count, middle, scroll_to, selected, tile_at, tiles, wait_for_grid

COUNT = 1_500
WIDE = {"width": 1440, "height": 900}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("choice"), COUNT) as started:
        yield started


@pytest.fixture
def page(open_window: OpenWindow) -> Page:
    opened = open_window("/", viewport=WIDE)
    wait_for_grid(opened)
    return opened


def test_a_range_over_rows_never_loaded(page: Page) -> None:
    tile_at(page, 2).hover()
    tile_at(page, 2).locator("..").get_by_role("button", name="Select").click()
    expect(selected(page)).to_have_text("1 selected")
    page.get_by_role("slider", name="Go to a date").press("End")
    last = tiles(page).last
    expect(last).to_be_visible()
    expect(tile_at(page, COUNT - 1)).to_be_visible()
    tile_at(page, COUNT - 1).click(modifiers=["Shift"])
    expect(selected(page)).to_have_text(f"{COUNT - 2:,} selected")
    # A range that shrinks gives back what it took.
    page.keyboard.press("Shift+ArrowLeft")
    expect(selected(page)).to_have_text(f"{COUNT - 3:,} selected")
    page.keyboard.press("Escape")
    expect(selected(page)).to_be_empty()


def test_all_that_a_query_finds(server: Server, page: Page) -> None:
    page.goto("/?q=IMG_0001")
    expect(page.get_by_role("heading", name="Library").locator("+ span")).to_have_text("100")
    tile_at(page, 0).focus()
    page.keyboard.press("Control+a")
    expect(selected(page)).to_have_text("100 selected")
    was_favorite = (tile_at(page, 1).get_attribute("aria-label") or "").endswith("favorite")
    tile_at(page, 1).click()
    expect(selected(page)).to_have_text("99 selected")
    # The selection stays while other views are looked at.
    page.get_by_role("link", name="Favorites", exact=True).click()
    expect(page.get_by_role("heading", name="Favorites", exact=True)).to_be_visible()
    expect(selected(page)).to_have_text("99 selected")
    bar = page.get_by_role("region", name="Selection")
    others = count(server, favorite=True) - count(server, favorite=True, text="IMG_0001")
    bar.get_by_role("button", name="Favorite", exact=True).click()
    expect(page.get_by_role("heading", name="Favorites", exact=True).locator("+ span")).to_have_text(
        str(others + 99 + was_favorite)
    )
    assert count(server, favorite=True) == others + 99 + was_favorite


def test_the_trash_and_ctrl_z(server: Server, page: Page) -> None:
    whole = count(server)
    identity = tile_at(page, 4).get_attribute("data-media-id")
    tile_at(page, 4).focus()
    page.keyboard.press("x")
    page.keyboard.press("Delete")
    expect(page.locator(f"[data-media-id='{identity}']")).to_have_count(0)
    expect(page.get_by_text("1 item moved to the trash")).to_be_visible()
    assert count(server) == whole - 1
    page.keyboard.press("Control+z")
    expect(page.locator(f"[data-media-id='{identity}']")).to_be_visible()
    expect(page.get_by_text("1 item moved to the trash")).to_be_hidden()
    assert count(server) == whole


def test_what_the_server_refuses_is_rolled_back_and_told(page: Page) -> None:
    def refuse(route: Route) -> None:
        if "mutation Trash" in (route.request.post_data or ""):
            route.fulfill(json={"data": None, "errors": [{"message": "The disk is full."}]})
        else:
            route.continue_()

    page.route("**/graphql", refuse)
    tile = tile_at(page, 5)
    tile.focus()
    page.keyboard.press("x")
    page.keyboard.press("Delete")
    expect(page.get_by_text("The disk is full.")).to_be_visible()
    expect(tile.locator("..")).not_to_have_class(re.compile("opacity-0"))
    expect(tile).to_be_visible()


def test_all_of_a_long_trash(server: Server, page: Page) -> None:
    whole = count(server)
    page.goto("/?q=IMG_0003")
    expect(page.get_by_role("heading", name="Library").locator("+ span")).to_have_text("100")
    tile_at(page, 0).focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(page.get_by_text("100 items moved to the trash")).to_be_visible()
    assert count(server) == whole - 100
    page.goto("/trash")
    tile_at(page, 0).focus()
    page.keyboard.press("x")
    bar = page.get_by_role("region", name="Selection")
    bar.get_by_role("button", name="Select all").click()
    expect(selected(page)).to_have_text("100 selected")
    tile_at(page, 1).click()
    expect(selected(page)).to_have_text("99 selected")
    bar.get_by_role("button", name="Restore").click()
    expect(page.get_by_role("grid").get_by_role("link")).to_have_count(1)
    assert count(server) == whole - 1
    tile_at(page, 0).focus()
    page.keyboard.press("Control+a")
    bar.get_by_role("button", name="Restore").click()
    expect(page.get_by_text("The trash is empty")).to_be_visible()
    assert count(server) == whole


def test_a_marquee_scrolls_on_and_adds_and_takes_away(page: Page) -> None:
    grid = box(page.get_by_role("grid"))
    first = box(tile_at(page, 0))
    left = grid["x"] - 8
    page.mouse.move(left, first["y"] + 5)
    page.mouse.down()
    page.mouse.move(left + 60, first["y"] + 30, steps=3)
    expect(selected(page)).to_have_text("1 selected")
    # Held at the lower edge, the grid goes on under it.
    page.mouse.move(left + 60, 896, steps=3)
    expect(tile_at(page, 60)).to_be_in_viewport()
    page.mouse.move(left + 60, 500)
    page.mouse.up()
    expect(selected(page)).to_have_text(re.compile(r"^\d\d+ selected$"))
    chosen = int((selected(page).text_content() or "").split()[0])

    scroll_to(page, 0)
    expect(tile_at(page, 1)).to_be_visible()
    second = middle(tile_at(page, 1))
    page.keyboard.down("Control")
    page.mouse.move(second[0], first["y"] - 3)
    page.mouse.down()
    page.mouse.move(second[0] + 10, first["y"] + 20, steps=3)
    page.mouse.up()
    page.keyboard.up("Control")
    expect(selected(page)).to_have_text(f"{chosen + 1} selected")
    page.keyboard.down("Alt")
    page.mouse.move(left, first["y"] - 3)
    page.mouse.down()
    page.mouse.move(second[0] + 10, first["y"] + 20, steps=3)
    page.mouse.up()
    page.keyboard.up("Alt")
    expect(selected(page)).to_have_text(f"{chosen - 1} selected")


def test_keys_follow_what_the_mouse_has_chosen(page: Page) -> None:
    """Wherever a click has left the focus: on a tick, on that of a month, on a button of the bar."""
    tile_at(page, 1).hover()
    page.get_by_role("grid").get_by_role("button", name="Select").click()
    expect(tile_at(page, 1)).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    expect(selected(page)).to_have_text("2 selected")
    page.keyboard.press("Escape")
    expect(selected(page)).to_have_text("")

    month = page.get_by_role("grid").get_by_role("row").first
    month.hover()
    month.get_by_role("checkbox").click()
    page.keyboard.press("Control+a")
    expect(selected(page)).to_have_text(f"{COUNT:,} selected")
    page.get_by_role("region", name="Selection").get_by_role("button", name="More actions").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_be_hidden()
    expect(selected(page)).to_have_text(f"{COUNT:,} selected")
    page.keyboard.press("Escape")
    expect(selected(page)).to_have_text("")


def test_a_month_and_the_viewer_select_too(page: Page) -> None:
    month = page.get_by_role("grid").get_by_role("row").first
    number = int(month.get_by_role("gridcell").locator("span").last.text_content() or 0)
    month.hover()
    month.get_by_role("checkbox").click()
    expect(month.get_by_role("checkbox")).to_be_checked()
    expect(selected(page)).to_have_text(f"{number} selected")
    page.goto(f"/?media={tile_at(page, 0).get_attribute('data-media-id')}")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("x")
    expect(page.get_by_role("dialog").get_by_role("button", name="Deselect")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(selected(page)).to_have_text("1 selected")


def test_a_long_press_selects_and_drags_on(open_window: OpenWindow) -> None:
    page = open_window("/", **PHONE)
    wait_for_grid(page)
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    touch("touchStart", middle(tile_at(page, 0)))
    expect(selected(page)).to_have_text("1 selected")
    touch("touchMove", middle(tile_at(page, 3)))
    expect(selected(page)).to_have_text("4 selected")
    touch("touchEnd")
    expect(selected(page)).to_have_text("4 selected")
    tile_at(page, 1).tap()
    expect(selected(page)).to_have_text("3 selected")
    bar = page.get_by_role("region", name="Selection")
    bar.get_by_role("button", name="More actions").tap()
    expect(page.get_by_role("menuitem", name="Download")).to_be_visible()


def test_a_download_of_what_is_chosen(open_window: OpenWindow) -> None:
    page = open_window("/", viewport=WIDE)
    wait_for_grid(page)
    tile_at(page, 0).focus()
    page.keyboard.press("x")
    with page.expect_request(lambda request: "mutation PlanDownload" in (request.post_data or "")) as asked:
        page.get_by_role("region", name="Selection").get_by_role("button", name="Download").click()
    identity = tile_at(page, 0).get_attribute("data-media-id")
    body = asked.value.post_data_json
    assert body is not None
    assert body["variables"] == {"selection": {"ids": [identity]}}
