"""The trash: back out of it, or for good."""

import re

import pytest
from playwright.sync_api import expect

from tests.pictures import drawn, encode
from tests.server import Server
from tests.web.conftest import OpenWindow
from tests.web.grid import count

TRASH = "mutation($ids: [ID!]!) { deleteMedia(ids: $ids) { count } }"


@pytest.fixture(autouse=True)
def trashed(server: Server) -> None:
    """Three items."""
    seeds = range(3000 + count(server, trashed=True), 3003)
    ids = [server.client.add(f"drawn-{seed}.jpg", encode(drawn(seed))) for seed in seeds]
    server.client.run(TRASH, ids=ids)


def test_some_and_all(server: Server, open_window: OpenWindow) -> None:
    page = open_window("/trash")
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
    assert count(server, trashed=True) == 0
