"""Upload, look, find alike, favorite, tag: in the app, while a second window watches."""

import base64
import re

from playwright.sync_api import Locator, Page, expect

from tests.pictures import half_size, packaged_photos
from tests.web.conftest import OpenWindow


def grid_of(page: Page) -> Locator:
    return page.get_by_role("grid", name="Photos and videos")


def test_the_main_job_in_two_windows(open_window: OpenWindow) -> None:
    paths = packaged_photos()
    first, second = open_window(), open_window()
    for page in (first, second):
        expect(page.get_by_role("heading", name="No photos yet")).to_be_visible()

    with first.expect_file_chooser() as chooser:
        first.get_by_role("button", name="Upload", exact=True).click()
    chooser.value.set_files(paths)
    uploads = first.get_by_role("region", name="Uploads")
    expect(uploads.get_by_role("status")).to_have_text(f"{len(paths)} added")
    for page in (first, second):
        expect(grid_of(page).get_by_role("link")).to_have_count(len(paths))
        expect(grid_of(page).locator("img[data-loaded]")).to_have_count(len(paths))
    uploads.get_by_role("button", name="Close").click()
    expect(uploads).to_be_hidden()

    tile = grid_of(first).get_by_role("link").first
    identity = tile.get_attribute("data-media-id")
    tile.click()
    viewer = first.get_by_role("dialog")
    expect(viewer).to_have_accessible_name(re.compile("Viewer: "))
    expect(viewer.get_by_text(f"1 of {len(paths)}")).to_be_visible()
    picture = viewer.get_by_role("img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("(image) => image.naturalWidth") > 0

    viewer.get_by_role("button", name="Favorite", exact=True).click()
    expect(viewer.get_by_role("button", name="Remove from favorites")).to_have_attribute("aria-pressed", "true")
    tile_there = grid_of(second).locator(f"[data-media-id='{identity}']")
    expect(tile_there).to_have_accessible_name(re.compile(", favorite$"))

    first.keyboard.press("t")
    expect(first.get_by_role("combobox", name="Add a tag")).to_be_focused()
    first.keyboard.type("holiday")
    first.keyboard.press("Enter")
    expect(viewer.get_by_role("button", name="Remove tag holiday")).to_be_visible()
    expect(tile_there).to_have_accessible_name(re.compile(", tagged holiday$"))

    viewer.get_by_role("button", name="Find similar").click()
    expect(viewer).to_be_hidden()
    slider = first.get_by_role("slider", name="Similarity at least")
    expect(slider).to_have_attribute("aria-valuenow", "70")
    slider.press("Home")
    expect(first.get_by_text(f"{len(paths) - 1} items found")).to_be_visible()
    results = first.get_by_role("grid", name="Similar photos").get_by_role("link")
    expect(results).to_have_count(len(paths) - 1)
    percents = [int(re.findall(r"(\d+)%$", name)[0]) for name in names_of(results)]
    assert percents == sorted(percents, reverse=True)
    assert all(50 <= percent < 100 for percent in percents)


def test_files_are_dropped_and_a_copy_is_refused(open_window: OpenWindow) -> None:
    photo = packaged_photos()[0]
    page = open_window("/favorites")
    expect(page.get_by_role("link", name="Photo")).to_have_count(1)
    drop(page, [(photo.name, photo.read_bytes()), ("half.jpg", half_size(photo)), ("notes.txt", b"no picture")])
    uploads = page.get_by_role("region", name="Uploads")
    expect(uploads.get_by_role("status")).to_have_text("0 added, 2 already here, 1 failed")
    refused = uploads.get_by_role("listitem").filter(has_text="notes.txt")
    expect(refused).to_contain_text("Not a picture or video that we can read.")
    uploads.get_by_role("listitem").filter(has_text="half.jpg").get_by_role("button", name="Show").click()
    expect(page.get_by_role("dialog")).to_have_accessible_name(f"Viewer: {photo.name}")


def test_a_dropped_picture_finds_its_original(open_window: OpenWindow) -> None:
    photo = packaged_photos()[1]
    page = open_window("/search")
    expect(page.get_by_role("heading", name="Find what looks alike")).to_be_visible()
    drop(page, [("half.jpg", half_size(photo))])
    best = page.get_by_role("grid", name="Similar photos").get_by_role("link").first
    expect(best).to_have_accessible_name(re.compile(r", (9\d|100)%$"))
    best.click()
    expect(page.get_by_role("dialog")).to_have_accessible_name(f"Viewer: {photo.name}")
    page.go_back()
    # The address has it all: the search survives a reload, though the picture itself was not kept.
    page.reload()
    expect(page.get_by_role("grid", name="Similar photos").get_by_role("link").first).to_be_visible()


def names_of(tiles: Locator) -> list[str]:
    return [tile.get_attribute("aria-label") or "" for tile in tiles.all()]


def drop(page: Page, files: list[tuple[str, bytes]]) -> None:
    """As if the files came from the desktop."""
    target = page.locator("#content")
    data = page.evaluate_handle(
        """(files) => {
            const data = new DataTransfer();
            const bytesOf = (text) => Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
            for (const [name, text] of files) data.items.add(new File([bytesOf(text)], name));
            return data;
        }""",
        [[name, base64.b64encode(content).decode()] for name, content in files],
    )
    for event in ("dragenter", "dragover"):
        target.dispatch_event(event, {"dataTransfer": data})
    expect(page.get_by_text(re.compile("^Drop to "))).to_be_visible()
    target.dispatch_event("drop", {"dataTransfer": data})
