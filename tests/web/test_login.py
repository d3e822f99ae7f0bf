"""The door of a gallery with a password."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from gallerynet.core.auth import FAILURE_WINDOW_SECONDS, MAX_FAILURES
from tests.server import Server
from tests.web.conftest import OpenWindow

PASSWORD = "correct horse battery"  # noqa: S105 - of a gallery that lives for this test


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("locked"), GALLERY_PASSWORD=PASSWORD)
    yield started
    assert started.stop() == 0
    assert (started.folder / "stderr.log").read_text() == ""


def test_only_the_password_opens(open_window: OpenWindow) -> None:
    page = open_window()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    field = page.get_by_label("Password")
    expect(field).to_be_focused()
    field.fill("guess")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("That is not the password.")
    expect(field).to_be_focused()
    expect(field).to_have_value("")

    field.fill(PASSWORD)
    field.press("Enter")
    expect(page.get_by_role("heading", name="No photos yet")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="No photos yet")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()


def test_who_guesses_too_often_sees_how_long_to_wait(open_window: OpenWindow) -> None:
    page = open_window("/settings")
    page.clock.install()
    page.reload()
    field = page.get_by_label("Password")
    button = page.get_by_role("button", name="Sign in")
    alert = page.get_by_role("alert")
    for _ in range(MAX_FAILURES):
        field.fill("guess")
        field.press("Enter")
        expect(field).to_have_value("")
        expect(alert).to_have_text("That is not the password.")
    field.fill(PASSWORD)
    field.press("Enter")
    expect(alert).to_have_text("Too many wrong passwords.")
    timer = page.get_by_role("timer")
    expect(timer).to_have_text(re.compile(r"Try again in [45]:\d\d$"))
    expect(field).to_be_focused()
    field.fill(PASSWORD)
    expect(button).to_be_disabled()

    page.clock.run_for((FAILURE_WINDOW_SECONDS - 60) * 1000)
    expect(timer).to_have_text(re.compile(r"Try again in [01]:\d\d$"))
    page.clock.run_for(60_000)
    expect(timer).to_be_hidden()
    expect(alert).to_have_text("")
    expect(button).to_be_enabled()
