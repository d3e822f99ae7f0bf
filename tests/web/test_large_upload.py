"""A large file on a slow line: the page is closed in the middle, and the next one goes on where it was."""

import hashlib
import re
from pathlib import Path

from playwright.sync_api import Page, Request, expect

from tests.pictures import drawn, encode
from tests.server import Server, stored_files
from tests.web.conftest import OpenWindow

BYTES_A_SECOND = 12 * 2**20


def large(path: Path, seed: int) -> Path:
    """A picture that is larger than it looks, which decoders do not mind."""
    content = encode(drawn(seed))
    path.write_bytes(content + bytes(52 * 2**20 - len(content)))
    return path


def offsets_asked(page: Page) -> list[int]:
    """Filled as the page sends pieces: where each begins."""
    found: list[int] = []

    def note(request: Request) -> None:
        if request.method == "PATCH":
            found.append(int(request.headers["upload-offset"]))

    page.on("request", note)
    return found


def choose(page: Page, path: Path) -> None:
    page.locator("input[type=file]").first.set_input_files(path)


def test_a_large_file_goes_on_after_a_reload(server: Server, open_window: OpenWindow, tmp_path: Path) -> None:
    path = large(tmp_path / "large.jpg", 700)
    page = open_window()
    page.on("dialog", lambda dialog: dialog.accept())
    asked = offsets_asked(page)
    session = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": BYTES_A_SECOND}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", slow)
    choose(page, path)
    panel = page.get_by_role("region", name="Uploads")
    expect(panel.get_by_text(re.compile(r"\b([5-9]|[1-8]\d)\s?%"))).to_be_visible()
    page.reload()
    session.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": -1})
    before = len(asked)
    choose(page, path)
    expect(panel.get_by_text("Added ·")).to_be_visible()
    assert asked[0] == 0
    assert asked[before] > 0
    (newest,) = server.client.run("{ media(first: 1) { nodes { id originalFilename contentHash } } }")["media"]["nodes"]
    assert newest["originalFilename"] == "large.jpg"
    assert newest["contentHash"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [name for name in stored_files(server.uploads) if name.endswith("/data")] == []


def test_outcomes_of_large_files_are_those_of_small_ones(open_window: OpenWindow, tmp_path: Path) -> None:
    page = open_window()
    choose(page, large(tmp_path / "once.jpg", 701))
    panel = page.get_by_role("region", name="Uploads")
    expect(panel.get_by_text("Added ·")).to_be_visible()
    choose(page, large(tmp_path / "twice.jpg", 701))
    expect(panel.get_by_text("Already here ·")).to_be_visible()
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture".ljust(51 * 2**20))
    choose(page, broken)
    expect(panel.get_by_text("the content is no picture")).to_be_visible()
