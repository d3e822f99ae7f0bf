"""The grid as a test looks at it, and what the library has."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.server import Server

SCROLLER = "(() => document.querySelector('[role=grid]').parentElement)()"

IN_VIEW = f"""() => {{
  const box = {SCROLLER}.getBoundingClientRect();
  return [...document.querySelectorAll('[role=grid] [data-media-id]')].find((tile) => {{
    const {{ top, bottom }} = tile.getBoundingClientRect();
    return top > box.top + 60 && bottom < box.bottom;
  }})?.dataset.mediaId;
}}"""


def tiles(page: Page) -> Locator:
    return page.get_by_role("grid").locator("[data-index]")


def tile_at(page: Page, index: int) -> Locator:
    return page.get_by_role("grid").locator(f"[data-index='{index}']")


def wait_for_grid(page: Page) -> None:
    expect(page.locator("[role=grid] img[data-loaded]").first).to_be_visible()


def scroll_top(page: Page) -> float:
    top: float = page.evaluate(f"{SCROLLER}.scrollTop")
    return top


def scroll_to(page: Page, top: float) -> None:
    page.evaluate(f"(top) => {SCROLLER}.scrollTo({{ top }})", top)


def seen_at(page: Page, top: float) -> str:
    """The id of an item that is wholly in view once the grid is scrolled there."""
    scroll_to(page, top)
    found: str = page.wait_for_function(IN_VIEW).json_value()
    return found


def selected(page: Page) -> Locator:
    """What the selection bar says."""
    return page.get_by_role("region", name="Selection").get_by_role("status")


def box(locator: Locator) -> Any:
    found = locator.bounding_box()
    assert found is not None
    return found


def middle(locator: Locator) -> tuple[float, float]:
    found = box(locator)
    return found["x"] + found["width"] / 2, found["y"] + found["height"] / 2


def count(server: Server, **wanted: object) -> int:
    """How many items a filter finds."""
    query = "query($filter: MediaFilter) { media(filter: $filter) { totalCount } }"
    found: int = server.client.run(query, filter=wanted)["media"]["totalCount"]
    return found
