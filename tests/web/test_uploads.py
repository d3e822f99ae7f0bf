"""Uploads: what can be tried again, a line that breaks, a thousand files, and other screens looked at meanwhile."""

import re
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.pictures import drawn, encode
from tests.server import Server
from tests.web.browser import Window
from tests.web.conftest import OpenWindow
from tests.web.grid import count

QUEUED = 1_000
WIDE = {"width": 1440, "height": 900}


def choose(page: Page, files: list[FilePayload]) -> None:
    page.locator("input[type=file]").first.set_input_files(files)


def picture(seed: int, name: str = "") -> FilePayload:
    return {"name": name or f"{seed}.jpg", "mimeType": "image/jpeg", "buffer": encode(drawn(seed, (64, 48)))}


def test_what_can_be_tried_again_is_said(open_window: OpenWindow) -> None:
    page = open_window()
    choose(page, [picture(91), {"name": "letter.doc", "mimeType": "application/msword", "buffer": b"no picture"}])
    panel = page.get_by_role("region", name="Uploads")
    expect(panel.get_by_role("status").first).to_have_text("1 added, 1 failed")
    expect(panel.get_by_role("button", name="Retry letter.doc")).to_have_count(0)
    expect(panel.get_by_role("button", name="Retry failed")).to_have_count(0)


def test_a_cut_line_is_told_and_tried_again(browser: Browser, server: Server) -> None:
    window = Window(browser, server.url)  # its console complains of the broken connection, as it should
    page = window.page
    # What shows uploads is loaded a moment after the start, and is there when the server is not.
    with page.expect_response("**/UploadPanel-*.js"):
        page.goto("/")
    page.context.set_offline(True)
    choose(page, [picture(92, "cut.jpg")])
    panel = page.get_by_role("region", name="Uploads")
    retry = panel.get_by_role("button", name="Retry cut.jpg")
    expect(retry).to_be_visible()
    page.context.set_offline(False)
    retry.click()
    expect(panel.get_by_role("status").first).to_have_text("1 added")
    window.close()


def test_a_thousand_files_wait_while_other_screens_are_looked_at(server: Server, open_window: OpenWindow) -> None:
    before = count(server)
    page = open_window("/", viewport=WIDE)
    page.on("dialog", lambda dialog: dialog.accept())
    same = picture(95)["buffer"]
    # All the same but for some: one picture of them comes in, and the rest are found to be there.
    files: list[FilePayload] = [
        picture(1000 + number, f"{number}.jpg")
        if number % 100 == 0
        else {**picture(95), "name": f"{number}.jpg", "buffer": same}
        for number in range(QUEUED)
    ]
    choose(page, files)
    panel = page.get_by_role("region", name="Uploads")
    expect(panel.get_by_role("status").first).to_have_text(re.compile(f"of {QUEUED:,} done$"))
    # Of a thousand, some rows are drawn; the rest is a sentence.
    assert panel.get_by_role("listitem").count() <= 61
    assert page.evaluate("() => document.querySelectorAll('*').length") < 1_500
    page.get_by_role("link", name="Favorites", exact=True).click()
    expect(page.get_by_role("heading", name="Favorites", exact=True)).to_be_visible()
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    done = panel.get_by_role("status").first
    now = done.text_content() or ""
    expect(done).not_to_have_text(now)
    panel.get_by_role("button", name="Cancel all").click()
    expect(panel.get_by_role("status").first).to_contain_text("failed")
    assert count(server) > before


def test_a_dropped_folder_brings_all_that_is_in_it(open_window: OpenWindow, tmp_path: Path) -> None:
    """Dropped as the system does it: a page cannot make up a folder."""
    folder = tmp_path / "Holiday"
    (folder / "Rome").mkdir(parents=True)
    (folder / "sea.jpg").write_bytes(encode(drawn(910)))
    (folder / "Rome" / "forum.jpg").write_bytes(encode(drawn(911)))
    (folder / ".DS_Store").write_bytes(b"of the system")
    page = open_window()
    expect(page.get_by_role("heading", name="Library")).to_be_visible()
    devtools = page.context.new_cdp_session(page)
    goal = page.get_by_text("Drop to add to Library")

    def drag(kind: str, x: int = 500, y: int = 400) -> None:
        data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
        devtools.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": data})

    def drag_over() -> None:
        for kind in ("dragEnter", "dragOver"):
            drag(kind)
        expect(goal).to_be_visible()

    drag_over()
    drag("dragOver", -5, -5)
    expect(goal).to_be_hidden()
    drag_over()
    drag("drop")
    expect(goal).to_be_hidden()
    panel = page.get_by_role("region", name="Uploads")
    expect(panel).to_contain_text("2 added")
    expect(panel).to_contain_text("sea.jpg")
    expect(panel).to_contain_text("forum.jpg")
