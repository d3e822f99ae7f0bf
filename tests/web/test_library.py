"""Trash with undo, folders, the keyboard: on the library that the app shows."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.server import Server
from tests.web.conftest import OpenWindow


def tile(page: Page, identity: str) -> Locator:
    return page.get_by_role("grid").locator(f"[data-media-id='{identity}']")


def test_trash_and_undo(server: Server, open_window: OpenWindow, filled: dict[str, str]) -> None:
    page, other = open_window(), open_window()
    identity = filled["coffee.png"]
    page.goto(f"/?media={identity}")
    expect(page.get_by_role("dialog")).to_have_accessible_name("Viewer: coffee.png")
    page.keyboard.press("Delete")
    expect(page.get_by_text("1 item moved to the trash")).to_be_visible()
    for window in (page, other):
        expect(tile(window, identity)).to_have_count(0)
    assert server.client.run("{ media { totalCount } }")["media"]["totalCount"] == len(filled) - 1
    # The viewer goes on to the neighbour.
    expect(page.get_by_role("dialog")).not_to_have_accessible_name("Viewer: coffee.png")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Restored")).to_be_visible()
    for window in (page, other):
        expect(tile(window, identity)).to_be_visible()


def test_a_folder_is_made_and_filled(open_window: OpenWindow, filled: dict[str, str]) -> None:
    page, other = open_window(), open_window()
    page.get_by_role("button", name="New folder").click()
    page.get_by_role("textbox", name="Folder name").fill("Summer trip")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name="Summer trip")).to_be_visible()
    expect(page.get_by_text("This folder is empty")).to_be_visible()
    folder = page.url

    page.get_by_role("link", name="Library").click()
    chosen = [filled["china.jpg"], filled["flower.jpg"]]
    for identity in chosen:
        tile(page, identity).focus()
        page.keyboard.press("x")
    bar = page.get_by_role("region", name="Selection")
    expect(bar.get_by_role("status")).to_have_text("2 selected")
    bar.get_by_role("button", name="Add to folder").click()
    page.get_by_role("menuitem", name="Summer trip").click()
    expect(page.get_by_text("2 items added to “Summer trip”")).to_be_visible()
    for window in (page, other):
        expect(window.get_by_role("navigation").get_by_role("link", name="Summer trip")).to_have_text("Summer trip2")
    other.goto(folder)
    expect(other.locator("[role=grid] [data-media-id]")).to_have_count(2)
    for identity in chosen:
        expect(tile(other, identity)).to_be_visible()


def test_chords_go_to_screens_and_do_nothing_else(
    server: Server, open_window: OpenWindow, filled: dict[str, str]
) -> None:
    page = open_window(f"/?media={filled['rocket.jpg']}")
    expect(page.get_by_role("dialog")).to_have_accessible_name("Viewer: rocket.jpg")
    page.keyboard.press("g")
    page.keyboard.press("f")
    expect(page.get_by_role("heading", name="Favorites", exact=True)).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_text("No favorites yet")).to_be_visible()
    assert server.client.run("{ media(filter: { favorite: true }) { totalCount } }")["media"]["totalCount"] == 0
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page.get_by_role("heading", name="Library", exact=True)).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_accessible_name("Keyboard shortcuts")


def test_the_keyboard_walks_the_grid_and_the_viewer(open_window: OpenWindow, filled: dict[str, str]) -> None:
    page = open_window()
    tiles = page.get_by_role("grid").get_by_role("link")
    expect(tiles).to_have_count(len(filled))
    tiles.first.focus()
    page.keyboard.press("ArrowRight")
    expect(tiles.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"2 of {len(filled)}")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text(f"3 of {len(filled)}")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(tiles.nth(2)).to_be_focused()
    expect(page).to_have_url(re.compile("/$"))


def test_words_find_by_name(open_window: OpenWindow, filled: dict[str, str]) -> None:
    page = open_window()
    page.get_by_role("searchbox", name="Find in library").fill("china")
    expect(page.get_by_role("grid").get_by_role("link")).to_have_count(1)
    expect(tile(page, filled["china.jpg"])).to_be_visible()
    page.get_by_role("searchbox", name="Find in library").fill("nowhere")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("grid").get_by_role("link")).to_have_count(len(filled))
