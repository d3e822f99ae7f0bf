"""Downloads of more than one archive holds: one folder to save in, one progress over all parts."""

import base64
import io
import zipfile
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.pictures import packaged_photos
from tests.server import Server
from tests.web.conftest import OpenWindow

# The server as it is, but for how much fits into a part: nobody wants to wait for gigabytes.
SMALL_PARTS = """
from gallerynet.core.downloads import plans
plans.MAX_PART_BYTES = 300_000
from gallerynet.cli import main
raise SystemExit(main())
"""

SAVE_WITHOUT_ASKING = "window.showDirectoryPicker = () => navigator.storage.getDirectory();"
NOTE_PROGRESS = """
  window.progress = [];
  new MutationObserver(() => {
    const bar = document.querySelector("section[aria-label=Downloads] [role=progressbar]");
    if (bar) progress.push(Number(bar.getAttribute("aria-valuenow")));
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-valuenow"] });
"""
SAVED = """async () => {
  const saved = {};
  for await (const [name, handle] of (await navigator.storage.getDirectory()).entries()) {
    const reader = new FileReader();
    reader.readAsDataURL(await handle.getFile());
    await new Promise((resolve) => { reader.onload = resolve; });
    saved[name] = reader.result.split(",")[1];
  }
  return saved;
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("parts"), program=("-c", SMALL_PARTS))
    yield started
    assert started.stop() == 0
    assert (started.folder / "stderr.log").read_text() == ""


def _download_everything(page: Page) -> None:
    page.get_by_role("button", name="Library actions").click()
    page.get_by_role("menuitem", name="Download everything").click()


def _saved(page: Page) -> list[bytes]:
    return [base64.b64decode(content) for content in page.evaluate(SAVED).values()]


def _archives(saved: list[bytes]) -> list[zipfile.ZipFile]:
    return [zipfile.ZipFile(io.BytesIO(content)) for content in saved]


def test_all_parts_are_saved_and_counted_together(open_window: OpenWindow, filled: dict[str, str]) -> None:
    page = open_window("/settings")
    page.add_init_script(SAVE_WITHOUT_ASKING + NOTE_PROGRESS)
    page.goto("/")
    _download_everything(page)
    expect(page.get_by_role("region", name="Downloads")).to_contain_text("Downloaded · ")

    saved = _saved(page)
    archives = _archives(saved)
    assert len(archives) > 2
    assert all(archive.testzip() is None for archive in archives)
    names = [name for archive in archives for name in archive.namelist()]
    assert sorted(names) == sorted(filled)
    content = {name: archive.read(name) for archive in archives for name in archive.namelist()}
    assert content == {path.name: path.read_bytes() for path in packaged_photos()}
    # Before the last part is asked for, the others have been counted: a part alone is never so much of the whole.
    sizes = [len(content) for content in saved]
    progress = page.evaluate("progress")
    assert progress == sorted(progress)
    assert progress[-1] >= 100 * (sum(sizes) - max(sizes)) // sum(sizes) > 50


def test_a_later_part_that_breaks_off_goes_on_from_there(open_window: OpenWindow, filled: dict[str, str]) -> None:
    page = open_window("/settings")
    page.add_init_script(SAVE_WITHOUT_ASKING)
    page.goto("/")
    asked: list[str] = []
    is_broken = True

    def watch(route: Route) -> None:
        url = route.request.url
        if is_broken and asked and url != asked[0]:
            # As a server that is busy says it, so that the console has no line to complain of.
            route.fulfill(status=204)
            return
        asked.append(url)
        route.continue_()

    page.route("**/downloads/*", watch)
    _download_everything(page)
    panel = page.get_by_role("region", name="Downloads")
    expect(panel).to_contain_text("Interrupted · ")
    assert len(asked) == 1
    is_broken = False
    panel.get_by_role("button", name="Continue").click()
    expect(panel).to_contain_text("Downloaded · ")
    assert len(asked) == len(set(asked))  # the part that was there is not fetched again
    names = [name for archive in _archives(_saved(page)) for name in archive.namelist()]
    assert sorted(names) == sorted(filled)
