"""The screens beside the library's own, each on the way of a user through it, over the demo library."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from gallerynet.demo.collection import TOTAL
from tests.pictures import drawn, encode
from tests.server import Server
from tests.web.browser import Window
from tests.web.conftest import OpenWindow

DEMO_SECONDS = 300


@pytest.fixture(scope="module")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One whose empty library was filled as the empty screen offers."""
    started = Server(tmp_path_factory.mktemp("demo"))
    try:
        fill_by_the_empty_screen(browser, started)
        yield started
    finally:
        code = started.stop()
    assert code == 0
    assert (started.folder / "stderr.log").read_text() == ""


def fill_by_the_empty_screen(browser: Browser, server: Server) -> None:
    window = Window(browser, server.url)
    page = window.page
    page.goto("/")
    page.get_by_role("button", name="Try it with a demo library").click()
    page.get_by_role("button", name="Jobs").click()
    row = page.get_by_role("main").get_by_role("listitem").filter(has_text="Demo library")
    expect(row.get_by_role("progressbar")).to_be_visible()
    expect(row).to_contain_text("Running")
    expect(row).to_contain_text(f"{TOTAL} pictures added", timeout=DEMO_SECONDS * 1000)
    assert window.complaints == []
    window.close()


def total(server: Server, *, trashed: bool = False) -> int:
    query = "query($trashed: Boolean!) { media(filter: { trashed: $trashed }) { totalCount } }"
    count: int = server.client.run(query, trashed=trashed)["media"]["totalCount"]
    return count


def test_trash(server: Server, open_window: OpenWindow) -> None:
    page = open_window("/trash")
    expect(page.get_by_text("The trash is empty")).to_be_visible()
    nodes = server.client.run('{ media(first: 3, filter: { text: "forest" }) { nodes { id } } }')["media"]["nodes"]
    ids = [node["id"] for node in nodes]
    server.client.run("mutation($ids: [ID!]!) { deleteMedia(ids: $ids) { count } }", ids=ids)
    tiles = page.get_by_role("grid").get_by_role("link")
    expect(tiles).to_have_count(3)
    expect(tiles.first).to_have_accessible_name(re.compile("(29|30) days left"))

    tiles.first.focus()
    page.keyboard.press("x")
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_text("1 item restored")).to_be_visible()
    expect(tiles).to_have_count(2)
    tiles.first.focus()
    page.keyboard.press("x")
    page.get_by_role("button", name="Delete for good").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    expect(tiles).to_have_count(1)
    page.get_by_role("button", name="Empty trash").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_have_accessible_name("Delete all 1 item in the trash for good?")
    dialog.get_by_role("button", name="Cancel").click()
    expect(tiles).to_have_count(1)
    page.get_by_role("button", name="Empty trash").click()
    dialog.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("The trash is empty")).to_be_visible()
    assert total(server, trashed=True) == 0


def test_groups_follow_the_slider(open_window: OpenWindow) -> None:
    page = open_window("/groups?min=80")
    cards = page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("heading"))
    expect(cards.first).to_contain_text("alike")
    expect(cards.first.get_by_text(re.compile("^Best"))).to_be_visible()
    slider = page.get_by_role("slider", name="Similarity at least")
    slider.press("End")
    expect(page).to_have_url(re.compile("min=99"))
    expect(page.get_by_role("status").filter(has_text=re.compile("^[0-9]+ groups?$"))).to_be_visible()
    page.reload()
    expect(slider).to_have_attribute("aria-valuenow", "99")


def test_duplicates_keep_the_best_and_come_back(server: Server, open_window: OpenWindow) -> None:
    before = total(server)
    page = open_window("/duplicates")
    cards = page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("heading"))
    expect(cards.first).to_be_visible()
    count = cards.count()
    assert count >= 3
    expect(cards.first.get_by_text("Best: most pixels")).to_be_visible()
    cards.first.get_by_role("button", name="Keep best, trash 1").click()
    expect(page.get_by_text("1 item moved to the trash")).to_be_visible()
    expect(cards).to_have_count(count - 1)
    assert total(server) == before - 1
    page.get_by_role("button", name="Undo").click()
    expect(cards).to_have_count(count)
    assert total(server) == before
    cards.first.get_by_role("button", name=re.compile("^Open ")).first.click()
    expect(page.get_by_role("dialog")).to_have_accessible_name(re.compile("^Viewer: "))


def test_jobs(open_window: OpenWindow) -> None:
    page, other = open_window("/jobs"), open_window("/jobs")
    finished = page.get_by_role("main").get_by_role("listitem").filter(has_text="items repaired")
    before = finished.count()
    page.get_by_role("button", name="Repair library").click()
    for window in (page, other):
        expect(window.get_by_role("main").get_by_role("listitem").filter(has_text="items repaired")).to_have_count(
            before + 1
        )


SAVE_WITHOUT_ASKING = """
  const root = () => navigator.storage.getDirectory();
  window.showSaveFilePicker = async ({ suggestedName: name }) => (await root()).getFileHandle(name, { create: true });
"""
SAVED = """async () => {
  const saved = [];
  for await (const [name, handle] of (await navigator.storage.getDirectory()).entries()) {
    const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
    saved.push([name, bytes.length, [...bytes.slice(0, 4)]]);
  }
  return saved;
}"""


def test_downloads_are_written_where_the_user_says(open_window: OpenWindow) -> None:
    page = open_window("/settings")
    page.add_init_script(SAVE_WITHOUT_ASKING)
    page.goto("/")
    page.get_by_role("button", name="Library actions").click()
    page.get_by_role("menuitem", name="Download everything").click()
    panel = page.get_by_role("region", name="Downloads")
    expect(panel).to_contain_text("Downloaded · ")
    ((name, size, start),) = page.evaluate(SAVED)
    assert name.endswith(".zip")
    assert bytes(start) == b"PK\x03\x04"
    assert size > 10_000_000
    panel.get_by_role("button", name="Clear").click()
    expect(panel).to_be_hidden()


def test_downloads_without_the_file_api_go_through_the_browser(
    server: Server, open_window: OpenWindow, tmp_path: Path
) -> None:
    page = open_window("/settings")
    page.add_init_script("delete window.showSaveFilePicker; delete window.showDirectoryPicker")
    folder = server.client.run("{ folders { id name } }")["folders"][0]
    page.goto(f"/folders/{folder['id']}")
    with page.expect_download() as started:
        page.get_by_role("button", name="Folder actions").click()
        page.get_by_role("menuitem", name="Download folder").click()
    started.value.save_as(tmp_path / "folder.zip")
    assert (tmp_path / "folder.zip").read_bytes().startswith(b"PK")
    expect(page.get_by_role("region", name="Downloads")).to_contain_text("Your browser is downloading it")


def test_statistics(server: Server, open_window: OpenWindow) -> None:
    page = open_window("/statistics")
    figure = page.get_by_role("term").filter(has_text="Photos").locator("..").get_by_role("definition")
    expect(figure).to_have_text(str(total(server)))
    page.get_by_role("link", name="boats").click()
    expect(page.get_by_role("heading", name="boats", level=1)).to_be_visible()


def test_settings_last(open_window: OpenWindow) -> None:
    page = open_window("/settings")
    page.get_by_text("Dark", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_text("Reduced", exact=True).click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("html")).to_have_attribute("data-reduced-motion", "")
    page.get_by_text("Deutsch", exact=True).click()
    expect(page.get_by_role("heading", name="Einstellungen")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("link", name="Bibliothek").click()
    expect(page.get_by_role("heading", name=re.compile("Oktober 2026"))).to_be_visible()


def test_the_language_of_the_browser(open_window: OpenWindow) -> None:
    page = open_window("/trash", locale="de-AT")
    expect(page.get_by_text("Der Papierkorb ist leer")).to_be_visible()
    assert page.title() == "Papierkorb · GalleryNet"


def test_the_map_leads_to_what_was_taken_there(open_window: OpenWindow) -> None:
    page = open_window("/map")
    places = page.get_by_role("group", name="World map").get_by_role("link")
    expect(places.first).to_be_visible()
    before = places.count()
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Whole world").click()
    expect(places).to_have_count(before)
    name = places.first.get_attribute("aria-label") or ""
    places.first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Taken here")).to_be_visible()
    for _ in range(2):
        expect(page.get_by_role("grid").get_by_role("link").first).to_be_visible()
        expect(page.get_by_role("heading", level=1).locator("+ span")).to_have_text(name.split()[0])
        page.reload()


def test_a_tag_is_reviewed_learned_renamed_and_deleted(server: Server, open_window: OpenWindow) -> None:
    page = open_window("/tags")
    page.get_by_role("link", name="mountains").click()
    review = page.get_by_role("region", name="Review")
    picture = review.get_by_role("button").first
    expect(picture).to_be_visible()
    first = picture.get_attribute("aria-label")
    page.keyboard.press("n")
    expect(review).to_contain_text("1 answer")
    expect(picture).not_to_have_attribute("aria-label", first or "")
    page.keyboard.press("y")
    expect(review).to_contain_text("2 answers")
    read = "query($name: String!) { tag(name: $name) { manualCount rejectedCount model { version } } }"
    wait_until(lambda: server.client.run(read, name="mountains")["tag"]["manualCount"] == 8)
    assert server.client.run(read, name="mountains")["tag"]["rejectedCount"] == 1
    page.get_by_role("button", name="Learn").click()
    expect(page.get_by_text("Learned “mountains”")).to_be_visible()
    assert server.client.run(read, name="mountains")["tag"]["model"]["version"] == 2

    page.get_by_role("button", name="Tag actions").click()
    page.get_by_role("menuitem", name="Rename").click()
    page.get_by_role("textbox", name="Tag name").fill("high peaks")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="high peaks", level=1)).to_be_visible()
    page.get_by_role("button", name="Tag actions").click()
    page.get_by_role("menuitem", name="Delete tag").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete tag").click()
    expect(page).to_have_url(re.compile("/tags$"))
    expect(page.get_by_role("link", name="high peaks")).to_have_count(0)
    assert server.client.run(read, name="high peaks")["tag"] is None


def test_the_menu_of_a_phone(open_window: OpenWindow) -> None:
    page = open_window("/settings", viewport={"width": 390, "height": 844})
    button = page.get_by_role("button", name="Open menu")
    button.click()
    expect(page.get_by_role("dialog")).to_have_accessible_name("Main")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    page.get_by_role("dialog").get_by_role("link", name="Statistics").click()
    expect(page.get_by_role("heading", name="Statistics", level=1)).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_uploads_say_what_can_be_tried_again(open_window: OpenWindow) -> None:
    page = open_window()
    files: list[FilePayload] = [
        {"name": "new.jpg", "mimeType": "image/jpeg", "buffer": encode(drawn(91))},
        {"name": "letter.doc", "mimeType": "application/msword", "buffer": b"no picture"},
    ]
    page.locator("input[type=file]").first.set_input_files(files)
    panel = page.get_by_role("region", name="Uploads")
    expect(panel.get_by_role("status").first).to_have_text("1 added, 1 failed")
    expect(panel.get_by_role("button", name="Retry letter.doc")).to_have_count(0)
    expect(panel.get_by_role("button", name="Retry failed")).to_have_count(0)


def test_uploads_that_were_cut_can_be_tried_again(browser: Browser, server: Server) -> None:
    window = Window(browser, server.url)  # its console complains of the broken connection, as it should
    page = window.page
    page.goto("/")
    expect(page.get_by_role("grid")).to_be_visible()
    page.context.set_offline(True)
    page.locator("input[type=file]").first.set_input_files(
        {"name": "cut.jpg", "mimeType": "image/jpeg", "buffer": encode(drawn(92))}
    )
    panel = page.get_by_role("region", name="Uploads")
    retry = panel.get_by_role("button", name="Retry cut.jpg")
    expect(retry).to_be_visible()
    page.context.set_offline(False)
    retry.click()
    expect(panel.get_by_role("status").first).to_have_text("1 added")
    window.close()


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}
ADDRESSES = {
    "/trash": "The trash is empty",
    "/groups?min=80": "Keep best",
    "/duplicates": "Keep best",
    "/jobs": "pictures added",
    "/statistics": "By year",
    "/settings": "Appearance",
    "/map": "Map",
    "/tags/boats": "Tagged automatically",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing(browser: Browser, server: Server, theme: str, size: str) -> None:
    window = Window(browser, server.url, color_scheme=theme, viewport=SIZES[size])
    page: Page = window.page
    page.set_default_timeout(30_000)
    for address, text in ADDRESSES.items():
        page.goto(address)
        expect(page.get_by_role("main").get_by_text(text).first).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert window.violations() == [], address
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), address
    window.close()
    assert window.complaints == []
