"""Takes pictures of every screen into docs/screenshots/, and the README's one into docs/screenshot.jpg.

Run from the repository's root: ``make screenshots``. What is shown is what may be published: photographs that
scikit-image and scikit-learn ship, Caltech-101 (CC BY 4.0) where it lies beside the project, and the demo library.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.pictures import SHARED, half_size, packaged_photos
from tests.server import Server
from tests.web.browser import Window, launched_browser

# For machines busy with other work.
expect.set_options(timeout=30_000)

DOCS = Path(__file__).parent.parent / "docs"
TARGET = DOCS / "screenshots"
SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}
THEMES = ("light", "dark")
QUALITY = 62

LABELLED = SHARED / "labelled"
# Colourful classes whose pictures are large enough to be looked at.
CLASSES = (
    *("butterfly", "flamingo", "sunflower", "elephant", "schooner"),
    *("lotus", "ferry", "dolphin", "kangaroo", "starfish"),
)
EACH = 8

# Tag, the class that gets it, and how many of that class; those of more than two are learned.
TAGS = (
    ("flower", "sunflower", 7),
    ("flower", "lotus", 7),
    ("boat", "schooner", 7),
    ("animal", "kangaroo", 2),
    ("bird", "flamingo", 2),
    ("trip", "packaged", 2),
)
FOLDERS = (("Garden", "sunflower"), ("By the sea", "schooner"), ("Safari", "elephant"), ("For the wall", "packaged"))

SET_DATE = "mutation($id: ID!, $date: DateTime!) { setOriginalDate(ids: [$id], originalDate: $date) { id } }"
TAG = "mutation($ids: [ID!]!, $name: String!) { tagMedia(ids: $ids, add: [$name]) { id } }"
ADD = "mutation($id: ID!, $ids: [ID!]!) { addToFolder(folderId: $id, mediaIds: $ids) { id } }"

Show = Callable[[Page], None]


class Gallery:
    """A server with a library as somebody has it who has used it for a while."""

    def __init__(self, server: Server) -> None:
        self.server = server
        # Mixed, as life mixes them: the grid is sorted by date, and these have none but their upload's.
        classes = [sorted((LABELLED / name).glob("*.jpg"))[:EACH] for name in CLASSES]
        rounds = [path for group in zip(*classes, strict=True) for path in group] if LABELLED.is_dir() else []
        self.ids: dict[str, list[str]] = {}
        self.all: list[str] = []
        for path in [*rounds, *reversed(packaged_photos())]:
            kind = path.parent.name if path in rounds else "packaged"
            name = f"{kind}-{path.name}" if path in rounds else path.name
            (result,) = server.client.upload([(name, path.read_bytes())], near=True)
            identity = result["media"]["id"] if "media" in result else result["existing"]["id"]
            self.ids.setdefault(kind, []).append(identity)
            self.all.append(identity)
        self._spread_over_a_year()
        self._tag_and_sort()

    @property
    def item(self) -> str:
        """One to look at: the packaged photographs are large."""
        return self.ids["packaged"][0]

    @property
    def reference(self) -> str:
        return self.ids.get("sunflower", self.ids["packaged"])[0]

    def _spread_over_a_year(self) -> None:
        for number, identity in enumerate(self.all):
            month, day = divmod(number, 25)
            date = f"2026-{6 + month:02}-{1 + day:02}T10:{number % 60:02}:00Z"
            self.server.client.run(SET_DATE, id=identity, date=date)

    def _tag_and_sort(self) -> None:
        run = self.server.client.run
        tagged = [(name, ids) for name, kind, count in TAGS if (ids := self.ids.get(kind, [])[:count])]
        for name, ids in tagged:
            run(TAG, ids=ids, name=name)
        for name in {name for name, ids in tagged if len(ids) > 2}:
            run("mutation($name: String!) { learnTag(name: $name) { taggedCount } }", name=name)
        run("mutation($ids: [ID!]!) { setFavorite(ids: $ids, favorite: true) { id } }", ids=self.all[2::9])
        for name, kind in FOLDERS:
            made = run("mutation($name: String!) { createFolder(name: $name) { id } }", name=name)["createFolder"]
            run(ADD, id=made["id"], ids=self.ids.get(kind, self.all[:4]))

    def folder(self) -> str:
        path: str = self.server.client.run("{ folders { id } }")["folders"][0]["id"]
        return path


def wait_for_pictures(page: Page) -> None:
    expect(page.locator("[role=grid] img[data-loaded]").first).to_be_visible()
    expect(page.locator("[role=grid] img:not([data-loaded])")).to_have_count(0)
    page.evaluate("() => Promise.all([...document.images].map((image) => image.decode()))")


def library(page: Page) -> None:
    page.goto("/")
    wait_for_pictures(page)


def viewer(page: Page, gallery: Gallery) -> None:
    page.goto(f"/?media={gallery.item}")
    details = page.get_by_role("button", name="Details")
    if details.get_attribute("aria-pressed") == "false":
        details.click()
    expect(page.get_by_role("complementary", name="Details").get_by_role("heading").first).to_be_visible()
    wait_for_pictures(page)


def search(page: Page, gallery: Gallery) -> None:
    page.goto(f"/search?source={gallery.reference}&min=60")
    wait_for_pictures(page)


def search_start(page: Page) -> None:
    page.goto("/search")
    expect(page.get_by_role("heading", name="Find what looks alike")).to_be_visible()


def tags(page: Page) -> None:
    page.goto("/tags")
    expect(page.get_by_role("main").get_by_role("listitem").first).to_be_visible()


def folder(page: Page, gallery: Gallery) -> None:
    page.goto(f"/folders/{gallery.folder()}")
    wait_for_pictures(page)


def uploads(page: Page, gallery: Gallery) -> None:
    library(page)
    one, other = packaged_photos()[2::-2]
    new = one.with_name("retina.jpg")
    files: list[FilePayload] = [
        {"name": new.name, "mimeType": "image/jpeg", "buffer": new.read_bytes()},
        {"name": one.name, "mimeType": "image/png", "buffer": one.read_bytes()},
        {"name": "half-size.jpg", "mimeType": "image/jpeg", "buffer": half_size(other)},
        {"name": "letter.doc", "mimeType": "application/msword", "buffer": b"no picture"},
    ]
    page.locator("input[type=file]").first.set_input_files(files)
    expect(page.get_by_role("region", name="Uploads").get_by_role("status")).to_contain_text("1 failed")
    expect(page.locator("[role=grid] img[data-loaded]").first).to_be_visible()
    expect(page.locator("[role=grid] img:not([data-loaded])")).to_have_count(0)
    # So that the next window finds it new again.
    run = gallery.server.client.run
    (added,) = run('{ media(filter: { text: "retina" }) { nodes { id } } }')["media"]["nodes"]
    run("mutation($id: ID!) { deleteMedia(ids: [$id], permanently: true) { count } }", id=added["id"])


def selection(page: Page) -> None:
    library(page)
    for tile in page.get_by_role("grid").get_by_role("link").all()[1:4]:
        tile.focus()
        page.keyboard.press("x")
    expect(page.get_by_text("3 selected").last).to_be_visible()


def palette(page: Page) -> None:
    library(page)
    page.keyboard.press("/")
    page.get_by_role("combobox", name="Find anything").fill("b")
    expect(page.get_by_role("option", name="bird")).to_be_visible()


def shortcuts(page: Page) -> None:
    library(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def graphiql(page: Page) -> None:
    page.goto("/graphiql")
    page.get_by_role("tab", name="NewestMedia").click()
    expect(page.get_by_role("region", name="Operation Editor")).to_contain_text("NewestMedia")
    page.get_by_role("button", name="Execute query").click()
    expect(page.get_by_role("region", name="Result Window")).to_contain_text("data")


# What each shows once it is there.
DEMO_SCREENS = {
    "trash": ("/trash", "Empty trash"),
    "groups": ("/groups?min=85", "Keep best"),
    "duplicates": ("/duplicates", "Keep best"),
    "jobs": ("/jobs", "pictures added"),
    "statistics": ("/statistics", "By year"),
    "settings": ("/settings", "Appearance"),
    "map": ("/map", "Map"),
    "tag": ("/tags/boats", "Tagged automatically"),
    "demo": ("/", "Library"),
}


def demo_screen(page: Page, address: str, text: str) -> None:
    page.goto(address)
    expect(page.get_by_role("main").get_by_text(text).first).to_be_visible()
    page.wait_for_load_state("networkidle")


def fill_with_demo(server: Server) -> None:
    """As the empty screen offers; a few of the pictures go to the trash again."""
    run = server.client.run
    identity = run("mutation { startDemo { id } }")["startDemo"]["id"]
    while run("query($id: ID!) { job(id: $id) { state } }", id=identity)["job"]["state"] in ("QUEUED", "RUNNING"):
        time.sleep(0.5)
    nodes = run('{ media(first: 5, filter: { text: "forest" }) { nodes { id } } }')["media"]["nodes"]
    run("mutation($ids: [ID!]!) { deleteMedia(ids: $ids) { count } }", ids=[node["id"] for node in nodes])


def screens_of(gallery: Gallery) -> dict[str, Show]:
    return {
        "library": library,
        "viewer": lambda page: viewer(page, gallery),
        "search": lambda page: search(page, gallery),
        "search-start": search_start,
        "tags": tags,
        "folder": lambda page: folder(page, gallery),
        "uploads": lambda page: uploads(page, gallery),
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


def login(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Password").fill("guess")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).not_to_be_empty()


def empty(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_text("No photos yet")).to_be_visible()


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
        with started() as server:
            fill_with_demo(server)
            for name, (address, text) in DEMO_SCREENS.items():
                take(browser, server, name, partial(demo_screen, address=address, text=text))
    (DOCS / "screenshot.jpg").write_bytes((TARGET / "library-wide-light.jpg").read_bytes())


if __name__ == "__main__":
    main()
