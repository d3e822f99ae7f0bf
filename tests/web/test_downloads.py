"""Downloads of everything and of folders: written where the user says, or by the browser's own list."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.server import Server
from tests.web.conftest import OpenWindow


@pytest.fixture(scope="module")
def server(demo: Server) -> Server:
    return demo


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
