"""The main job with nothing but keys: find, look, tag, keep, put away, take back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import OpenWindow
from tests.web.grid import selected, tiles, wait_for_grid

WIDE = {"width": 1440, "height": 900}


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Presses Tab until that control has the focus, which must show."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if page.evaluate(NAME) == name:
            assert focused.evaluate("(element) => getComputedStyle(element).outlineStyle") != "none"
            return
    raise AssertionError(f"No Tab leads to {name}.")


NAME = "() => (document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()"


@pytest.mark.usefixtures("filled")
def test_nothing_but_keys(open_window: OpenWindow) -> None:
    page = open_window("/", viewport=WIDE)
    wait_for_grid(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "Find in library")
    page.keyboard.type("coffee")
    expect(tiles(page)).to_have_count(1)
    # While something is typed, these are the field's own.
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(tiles(page)).not_to_have_count(1)

    page.keyboard.press("Tab")
    for _ in range(20):
        if page.evaluate("() => document.activeElement.hasAttribute('data-index')"):
            break
        page.keyboard.press("Tab")
    first = page.locator("[data-index]:focus")
    expect(first).to_have_count(1)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    viewer = page.get_by_role("dialog")
    expect(viewer).to_be_visible()
    page.keyboard.press("f")
    expect(viewer.get_by_role("button", name="Remove from favorites")).to_be_visible()
    page.keyboard.press("t")
    expect(page.get_by_role("combobox", name="Add a tag")).to_be_focused()
    page.keyboard.type("by hand")
    page.keyboard.press("Enter")
    expect(viewer.get_by_role("button", name="Remove tag by hand")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    kept = page.locator("[data-index]:focus")
    expect(kept).to_have_accessible_name(re.compile("favorite, tagged by hand$"))

    page.keyboard.press("x")
    page.keyboard.press("Shift+ArrowRight")
    expect(selected(page)).to_have_text("2 selected")
    expect(page.get_by_role("button", name="Add to folder")).to_be_visible()
    tab_to(page, "Add to folder")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    field = page.get_by_role("textbox", name="Folder name")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Add to folder")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    page.keyboard.type("By keys")
    page.keyboard.press("Enter")
    link = page.get_by_role("navigation").get_by_role("link", name="By keys")
    expect(link).to_have_text("By keys2")
    page.keyboard.press("Control+z")
    expect(link).to_have_text("By keys0")

    for keys, heading in (
        ("gf", "Favorites"),
        ("gs", "Similar"),
        ("gt", "Tags"),
        ("gm", "Map"),
        ("gd", "Duplicates"),
        ("gb", "Trash"),
        ("gp", "Library"),
    ):
        page.keyboard.type(keys)
        expect(page.get_by_role("heading", name=heading, exact=True, level=1)).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Find anything")).to_be_focused()
    page.keyboard.type("statis")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Statistics", level=1)).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
