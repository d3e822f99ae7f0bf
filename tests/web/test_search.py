"""Search by a picture of the library, by words where the model knows them, and the library narrowed by tags."""

import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.models import make_pair
from tests.pictures import encode
from tests.server import Server
from tests.web.conftest import OpenWindow
from tests.web.grid import selected, tile_at, tiles, wait_for_grid

COLORS = {"red": (220, 30, 30), "green": (30, 200, 60), "blue": (30, 60, 220)}
TAG = "mutation($ids: [ID!]!, $name: String!) { tagMedia(ids: $ids, add: [$name]) { id } }"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One whose model knows words for colours."""
    model = make_pair(tmp_path_factory.mktemp("model"), COLORS)
    started = Server(tmp_path_factory.mktemp("words"), MODEL_PATH=str(model))
    yield started
    assert started.stop() == 0
    assert (started.folder / "stderr.log").read_text() == ""


@pytest.fixture(scope="module")
def plain(server: Server) -> dict[str, str]:
    """Ids of pictures that are all of one colour, by its name; each has that name as a tag."""
    found = {}
    for name, color in COLORS.items():
        found[name] = server.client.add(f"{name}.png", encode(Image.new("RGB", (240, 160), color), "PNG"))
        server.client.run(TAG, ids=[found[name]], name=name)
    server.client.run(TAG, ids=[found["red"], found["blue"]], name="warm or cold")
    return found


def test_words_find_what_they_mean(open_window: OpenWindow, plain: dict[str, str]) -> None:
    page = open_window("/search")
    page.get_by_role("searchbox", name="What is to be seen").fill("blue")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page).to_have_url(re.compile("text=blue"))
    expect(tile_at(page, 0)).to_have_attribute("data-media-id", plain["blue"])
    page.reload()
    expect(page.get_by_role("searchbox", name="What is to be seen")).to_have_value("blue")
    page.get_by_role("searchbox", name="What is to be seen").fill("green")
    page.keyboard.press("Enter")
    expect(tile_at(page, 0)).to_have_attribute("data-media-id", plain["green"])


def test_a_reference_is_picked_from_the_library(open_window: OpenWindow, plain: dict[str, str]) -> None:
    page = open_window("/search")
    page.get_by_role("button", name="Pick from the library").click()
    expect(page.get_by_text("Choose a picture to find what looks like it")).to_be_visible()
    page.locator(f"[data-media-id='{plain['red']}']").click()
    expect(page).to_have_url(re.compile(f"source={plain['red']}"))
    expect(page.get_by_role("img", name="Reference picture")).to_be_visible()


def test_the_library_is_narrowed_by_tags(open_window: OpenWindow, plain: dict[str, str]) -> None:
    page = open_window()
    wait_for_grid(page)
    page.get_by_role("button", name="Filter by tags").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("warm or cold").click()
    expect(dialog.get_by_label("warm or cold")).to_be_checked()
    dialog.get_by_role("searchbox", name="Find a tag").fill("blu")
    dialog.get_by_label("blue").click()
    expect(page).to_have_url(re.compile(r"tag=warm\+or\+cold&tag=blue"))
    dialog.get_by_role("button", name="Done").click()
    expect(tiles(page)).to_have_count(1)
    expect(tile_at(page, 0)).to_have_attribute("data-media-id", plain["blue"])
    page.get_by_role("button", name="Remove filter blue").click()
    expect(tiles(page)).to_have_count(2)


def test_a_tag_is_taken_off_all_that_is_chosen(server: Server, open_window: OpenWindow, plain: dict[str, str]) -> None:
    server.client.run(TAG, ids=list(plain.values()), name="all of them")
    page = open_window()
    wait_for_grid(page)
    tile_at(page, 0).focus()
    page.keyboard.press("Control+a")
    expect(selected(page)).to_have_text("3 selected")
    page.get_by_role("region", name="Selection").get_by_role("button", name="Tag").click()
    page.get_by_role("dialog").get_by_text("Take off").click()
    page.get_by_role("combobox", name="Add a tag").fill("all of")
    page.get_by_role("option", name="all of them").click()
    expect(page.get_by_text("Removed “all of them” from 3 items")).to_be_visible()
    expect(tile_at(page, 0)).not_to_have_accessible_name(re.compile("all of them"))
    page.keyboard.press("Control+z")
    expect(tile_at(page, 0)).to_have_accessible_name(re.compile("all of them"))
