"""The screens beside the library's own, each on the way of a user through it, over the demo library."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.server import Server
from tests.web.conftest import OpenWindow
from tests.web.grid import count


@pytest.fixture(scope="module")
def server(demo: Server) -> Server:
    return demo


def test_groups_follow_the_slider(open_window: OpenWindow) -> None:
    page = open_window("/groups?min=80")
    cards = page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("heading"))
    expect(cards.first).to_contain_text("alike")
    expect(cards.first.get_by_text(re.compile("^Best"))).to_be_visible()
    slider = page.get_by_role("slider", name="Similarity at least")
    slider.press("End")
    expect(page).to_have_url(re.compile("min=99"))
    expect(page.get_by_role("status").filter(has_text=re.compile("^[0-9]+ groups?$"))).to_be_visible()
    page.get_by_text("Tight", exact=True).click()
    expect(page).to_have_url(re.compile("min=99&linkage=complete"))
    page.reload()
    expect(slider).to_have_attribute("aria-valuenow", "99")
    expect(page.get_by_role("radio", name="Tight")).to_be_checked()


def test_duplicates_keep_the_best_and_come_back(server: Server, open_window: OpenWindow) -> None:
    before = count(server)
    page = open_window("/duplicates")
    cards = page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("heading"))
    expect(cards.first).to_be_visible()
    groups = cards.count()
    assert groups >= 3
    expect(cards.first.get_by_text("Best: most pixels")).to_be_visible()
    cards.first.get_by_role("button", name="Keep best, trash 1").click()
    expect(page.get_by_text("1 item moved to the trash")).to_be_visible()
    expect(cards).to_have_count(groups - 1)
    assert count(server) == before - 1
    page.get_by_role("button", name="Undo").click()
    expect(cards).to_have_count(groups)
    assert count(server) == before
    # Another one may be chosen than the best.
    cards.first.get_by_role("radio").last.check()
    expect(cards.first.get_by_role("button", name="Keep chosen, trash 1")).to_be_visible()
    cards.first.get_by_role("button", name="Not the same").click()
    expect(page.get_by_text("They are no longer taken for the same picture")).to_be_visible()
    expect(cards).to_have_count(groups - 1)
    page.reload()
    expect(cards).to_have_count(groups - 1)
    assert count(server) == before
    cards.first.get_by_role("button", name=re.compile("^Open ")).first.click()
    expect(page.get_by_role("dialog")).to_have_accessible_name(re.compile("^Viewer: "))


def test_a_mark_is_taken_back_and_shots_of_a_moment_are_listed(open_window: OpenWindow) -> None:
    page = open_window("/duplicates")
    cards = page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("heading"))
    expect(cards.first).to_be_visible()
    groups = cards.count()
    cards.first.get_by_role("button", name="Not the same").click()
    expect(cards).to_have_count(groups - 1)
    page.keyboard.press("Control+z")
    expect(cards).to_have_count(groups)
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_text("Looking for duplicates…")).to_be_visible()

    page.get_by_text("Same moment").click()
    expect(page).to_have_url(re.compile("of=moments$"))
    expect(cards.filter(has_text="3 shots")).to_be_visible()
    expect(cards.filter(has_text="3 shots").get_by_text(re.compile("^Best"))).to_be_visible()


def test_jobs(open_window: OpenWindow) -> None:
    page, other = open_window("/jobs"), open_window("/jobs")
    rows = page.get_by_role("main").get_by_role("listitem")
    expect(rows.filter(has_text="pictures added")).to_be_visible()
    before = rows.filter(has_text="items repaired").count()
    page.get_by_role("button", name="Repair library").click()
    for window in (page, other):  # one more at least: the server repairs by itself as well
        repaired = window.get_by_role("main").get_by_role("listitem").filter(has_text="items repaired")
        expect(repaired.nth(before)).to_be_visible()


def test_originals_are_checked(server: Server, open_window: OpenWindow) -> None:
    page = open_window("/jobs")
    page.get_by_role("button", name="Check originals").click()
    checked = page.get_by_role("main").get_by_role("listitem").filter(has_text=f"{count(server)} items checked")
    expect(checked).to_contain_text("everything is there")


def test_statistics(server: Server, open_window: OpenWindow) -> None:
    page = open_window("/statistics")
    figure = page.get_by_role("term").filter(has_text="Photos").locator("..").get_by_role("definition")
    expect(figure).to_have_text(str(count(server, mediaType="IMAGE")))
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


def test_jobs_speak_the_language_of_the_app(server: Server, open_window: OpenWindow) -> None:
    server.client.run("mutation { checkIntegrity { id } }")
    page = open_window("/jobs", locale="de-DE")
    checked = page.get_by_role("list", name="Aufgaben").get_by_role("listitem").filter(has_text="Dateien prüfen")
    expect(checked.first).to_contain_text(re.compile(r"\d+ Elemente geprüft: Alles ist da\."))


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
    tag = server.client.run(read, name="mountains")["tag"]
    assert tag["rejectedCount"] == 1
    page.get_by_role("button", name="Learn").click()
    expect(page.get_by_text("Learned “mountains”")).to_be_visible()
    assert server.client.run(read, name="mountains")["tag"]["model"]["version"] > tag["model"]["version"]

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

    bar = page.get_by_role("navigation", name="Quick")
    bar.get_by_role("link", name="Favorites").click()
    expect(page.get_by_role("heading", name="Favorites", level=1)).to_be_visible()
    expect(bar.get_by_role("link", name="Favorites")).to_be_focused()
    page.set_viewport_size({"width": 1000, "height": 844})
    expect(bar).to_be_hidden()


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)
