"""axe-core finds nothing on any screen, light or dark, wide or narrow."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.server import Server
from tests.web.browser import AXE, Window

pytestmark = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: `make test` does that with Node")

SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def tagged(server: Server, filled: dict[str, str]) -> dict[str, str]:
    ids = list(filled.values())
    server.client.run('mutation($ids: [ID!]!) { tagMedia(ids: $ids, add: ["kept"]) { id } }', ids=ids[:3])
    server.client.run('mutation { learnTag(name: "kept") { taggedCount } }')
    server.client.run("mutation($ids: [ID!]!) { setFavorite(ids: $ids, favorite: true) { id } }", ids=ids[:2])
    server.client.run('mutation { createFolder(name: "Trip") { id } }')
    return filled


@pytest.fixture(params=[(theme, size) for theme in ("light", "dark") for size in SIZES], ids="-".join)
def window(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Window]:
    theme, size = request.param
    opened = Window(browser, server.url, color_scheme=theme, viewport=SIZES[size])
    yield opened
    opened.close()


def test_every_screen(window: Window, tagged: dict[str, str]) -> None:
    page = window.page
    item = tagged["chelsea.png"]
    screens = {
        "library": "/",
        "favorites": "/favorites",
        "selection": "/",
        "palette": "/",
        "help": "/",
        "jump": "/",
        "viewer": f"/?media={item}",
        "search": f"/search?source={item}&min=50",
        "search start": "/search",
        "tags": "/tags",
        "missing": "/nowhere",
    }
    for name, address in screens.items():
        page.goto(address)
        expect_shown(page, name)
        assert window.violations() == [], name
    assert window.complaints == []


def expect_shown(page: Page, screen: str) -> None:
    """Waits until the screen is as the user comes to see it, with its pictures."""
    match screen:
        case "library":
            expect(page.locator("[role=grid] img[data-loaded]").first).to_be_visible()
        case "favorites":
            expect(page.locator("[role=grid] img[data-loaded]").first).to_be_visible()
        case "selection":
            expect(page.locator("[role=grid] img[data-loaded]").first).to_be_visible()
            page.keyboard.press("Control+a")
            expect(page.get_by_role("button", name="More actions")).to_be_visible()
        case "palette" | "help" | "jump":
            expect(page.locator("[role=grid] img[data-loaded]").first).to_be_visible()
            page.keyboard.press({"palette": "/", "help": "?", "jump": "j"}[screen])
            expect(page.get_by_role("dialog")).to_be_visible()
        case "viewer":
            details = page.get_by_role("button", name="Details")
            if details.get_attribute("aria-pressed") == "false":
                details.click()
            panel = page.get_by_role("complementary", name="Details")
            expect(panel.get_by_role("heading", name="chelsea.png")).to_be_visible()
        case "search":
            expect(page.get_by_role("grid", name="Similar photos").locator("img[data-loaded]").first).to_be_visible()
        case "search start":
            expect(page.get_by_role("heading", name="Find what looks alike")).to_be_visible()
        case "tags":
            expect(page.get_by_role("button", name="Learn “kept”")).to_be_visible()
        case _:
            expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
