"""Takes pictures of every screen into docs/screenshots/, and the README's one into docs/screenshot.jpg.

Run from the repository's root: ``make screenshots``. What is shown may be published: it is the demo library.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.pictures import half_size, packaged_photos
from tests.server import Server
from tests.web.browser import Window, launched_browser

# For machines busy with other work.
expect.set_options(timeout=30_000)

DOCS = Path(__file__).parent.parent / "docs"
TARGET = DOCS / "screenshots"
SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}
THEMES = ("light", "dark")
QUALITY = 62

Show = Callable[[Page], None]


class Gallery:
    """A server with the demo library, of which a few pictures went to the trash."""

    def __init__(self, server: Server) -> None:
        self.run = server.client.run
        identity = self.run("mutation { startDemo { id } }")["startDemo"]["id"]
        while self.run("query($id: ID!) { job(id: $id) { state } }", id=identity)["job"]["state"] != "SUCCEEDED":
            time.sleep(0.5)
        trashed = [node["id"] for node in self._find(first=5, text="forest")]
        self.run("mutation($ids: [ID!]!) { deleteMedia(ids: $ids) { count } }", ids=trashed)

    def find(self, **wanted: object) -> str:
        """The newest item that the filter finds."""
        identity: str = self._find(first=1, **wanted)[0]["id"]
        return identity

    def folder(self, name: str) -> str:
        found = {folder["name"]: folder["id"] for folder in self.run("{ folders { id name } }")["folders"]}
        identity: str = found[name]
        return identity

    def forget(self, name: str) -> None:
        """So that the next window finds it new again."""
        identity = self.find(text=name)
        self.run("mutation($id: ID!) { deleteMedia(ids: [$id], permanently: true) { count } }", id=identity)

    def _find(self, first: int, **wanted: object) -> list[dict[str, Any]]:
        query = "query($first: Int!, $filter: MediaFilter) { media(first: $first, filter: $filter) { nodes { id } } }"
        nodes: list[dict[str, Any]] = self.run(query, first=first, filter=wanted)["media"]["nodes"]
        return nodes


def wait_for_pictures(page: Page) -> None:
    expect(page.locator("[role=grid] img[data-loaded]").first).to_be_visible()
    expect(page.locator("[role=grid] img:not([data-loaded])")).to_have_count(0)
    page.evaluate("() => Promise.all([...document.images].map((image) => image.decode()))")


def grid(page: Page, address: str = "/") -> None:
    page.goto(address)
    wait_for_pictures(page)


def says(page: Page, address: str, text: str) -> None:
    """A screen that is no grid, once it shows this text and its pictures."""
    page.goto(address)
    expect(page.get_by_role("main").get_by_text(text).first).to_be_visible()
    page.wait_for_load_state("networkidle")


def viewer(page: Page, identity: str) -> None:
    page.goto(f"/?media={identity}")
    details = page.get_by_role("button", name="Details")
    if details.get_attribute("aria-pressed") == "false":
        details.click()
    expect(page.get_by_role("complementary", name="Details").get_by_role("heading").first).to_be_visible()
    wait_for_pictures(page)
    page.wait_for_load_state("networkidle")


def film(page: Page, identity: str) -> None:
    page.goto(f"/?media={identity}")
    video = page.get_by_role("dialog").locator("video")
    video.evaluate("(video) => new Promise((resolve) => { video.onseeked = resolve; video.currentTime = 2; })")


def uploads(page: Page, gallery: Gallery) -> None:
    grid(page)
    known, new, other = packaged_photos()[6], packaged_photos()[2], packaged_photos()[7]
    files: list[FilePayload] = [
        {"name": new.name, "mimeType": "image/png", "buffer": new.read_bytes()},
        {"name": known.name, "mimeType": "image/jpeg", "buffer": known.read_bytes()},
        {"name": "half-size.jpg", "mimeType": "image/jpeg", "buffer": half_size(other)},
        {"name": "letter.doc", "mimeType": "application/msword", "buffer": b"no picture"},
    ]
    page.locator("input[type=file]").first.set_input_files(files)
    expect(page.get_by_role("region", name="Uploads").get_by_role("status")).to_contain_text("1 failed")
    wait_for_pictures(page)
    gallery.forget(new.stem)


def downloads(page: Page) -> None:
    page.add_init_script("delete window.showSaveFilePicker; delete window.showDirectoryPicker")
    grid(page)
    page.get_by_role("button", name="Library actions").click()
    page.get_by_role("menuitem", name="Download everything").click()
    expect(page.get_by_role("region", name="Downloads")).to_contain_text("Your browser is downloading it")


def selection(page: Page) -> None:
    grid(page)
    for tile in page.get_by_role("grid").get_by_role("link").all()[1:4]:
        tile.focus()
        page.keyboard.press("x")
    expect(page.get_by_text("3 selected").last).to_be_visible()


def palette(page: Page) -> None:
    grid(page)
    page.keyboard.press("/")
    page.get_by_role("combobox", name="Find anything").fill("b")
    expect(page.get_by_role("option", name="boats")).to_be_visible()


def shortcuts(page: Page) -> None:
    grid(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def graphiql(page: Page) -> None:
    page.goto("/graphiql")
    page.get_by_role("tab", name="NewestMedia").click()
    expect(page.get_by_role("region", name="Operation Editor")).to_contain_text("NewestMedia")
    page.get_by_role("button", name="Execute query").click()
    expect(page.get_by_role("region", name="Result Window")).to_contain_text("data")


def login(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Password").fill("guess")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).not_to_be_empty()


def empty(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("button", name="Try it with a demo library")).to_be_visible()


def screens_of(gallery: Gallery) -> dict[str, Show]:
    photograph, balloons = gallery.find(text="china"), gallery.find(text="balloons")
    return {
        "library": grid,
        "favorites": partial(grid, address="/favorites"),
        "folder": partial(grid, address=f"/folders/{gallery.folder('By the sea')}"),
        "viewer": partial(viewer, identity=photograph),
        "film": partial(film, identity=gallery.find(mediaType="VIDEO")),
        "search": partial(grid, address=f"/search?source={balloons}&min=60"),
        "search-start": partial(says, address="/search", text="Find what looks alike"),
        "groups": partial(says, address="/groups?min=85", text="Keep best"),
        "duplicates": partial(says, address="/duplicates", text="Keep best"),
        "moments": partial(says, address="/duplicates?of=moments", text="Keep best"),
        "tags": partial(says, address="/tags", text="right about"),
        "tag": partial(says, address="/tags/boats", text="Tagged automatically"),
        "map": partial(says, address="/map", text="Map"),
        "trash": partial(grid, address="/trash"),
        "jobs": partial(says, address="/jobs", text="pictures added"),
        "statistics": partial(says, address="/statistics", text="By year"),
        "settings": partial(says, address="/settings", text="Appearance"),
        "uploads": partial(uploads, gallery=gallery),
        "downloads": downloads,
        "selection": selection,
        "palette": palette,
        "shortcuts": shortcuts,
        "graphiql": graphiql,
    }


@contextmanager
def started(**environment: str) -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), **environment)
        try:
            yield server
        finally:
            server.stop()


def take(browser: Browser, server: Server, name: str, show: Show) -> None:
    """One screen in both themes and both sizes."""
    for size, viewport in SIZES.items():
        for theme in THEMES:
            options = {"viewport": viewport, "color_scheme": theme, "has_touch": size == "narrow"}
            window = Window(browser, server.url, reduced_motion="reduce", **options)
            show(window.page)
            window.page.screenshot(path=TARGET / f"{name}-{size}-{theme}.jpg", type="jpeg", quality=QUALITY)
            window.close()


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with launched_browser() as browser:
        with started() as server:
            take(browser, server, "empty", empty)
        with started(GALLERY_PASSWORD="screenshot") as server:  # noqa: S106 - of a gallery that lives for a picture
            take(browser, server, "login", login)
        with started() as server:
            for name, show in screens_of(Gallery(server)).items():
                take(browser, server, name, show)
    (DOCS / "screenshot.jpg").write_bytes((TARGET / "library-wide-light.jpg").read_bytes())


if __name__ == "__main__":
    main()
