"""Looking at one item: near, next to its neighbours, and what is done with it there."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.server import Server
from tests.web.conftest import OpenWindow
from tests.web.grid import selected, tile_at, wait_for_grid

WIDE = {"width": 1440, "height": 900}
SCALE = "(picture) => new DOMMatrix(getComputedStyle(picture).transform).a"


def viewer(open_window: OpenWindow, identity: str) -> Page:
    page = open_window(f"/?media={identity}", viewport=WIDE)
    expect(page.get_by_role("dialog").get_by_text(re.compile(r"^\d of \d+$"))).to_be_visible()
    return page


def scale(page: Page) -> float:
    picture = page.get_by_role("dialog").get_by_role("img").first.locator("..")
    page.evaluate("() => Promise.all(document.getAnimations().map((animation) => animation.finished))")
    found: float = picture.evaluate(SCALE)
    return found


def test_it_zooms_and_then_loads_the_original(open_window: OpenWindow, filled: dict[str, str]) -> None:
    identity = filled["rocket.jpg"]
    page = viewer(open_window, identity)
    assert scale(page) == 1
    with page.expect_request(f"**/originals/{identity}"):
        page.keyboard.press("z")
    assert scale(page) == 2.5
    page.keyboard.press("+")
    assert scale(page) > 3
    page.keyboard.press("0")
    assert scale(page) == 1
    page.mouse.move(500, 400)
    page.mouse.wheel(0, -300)
    page.wait_for_function(f"() => ({SCALE})(document.querySelector('[role=dialog] img').parentElement) > 1.5")
    page.mouse.dblclick(500, 400)
    assert scale(page) == 1


def test_the_filmstrip_and_the_list_of_alike_lead_on(open_window: OpenWindow, filled: dict[str, str]) -> None:
    page = viewer(open_window, filled["china.jpg"])
    strip = page.get_by_role("group", name="Around this")
    expect(strip.get_by_role("button")).to_have_count(len(filled))
    current = strip.locator("[aria-current=true]")
    strip.get_by_role("button").first.click()
    expect(page.get_by_text(f"1 of {len(filled)}")).to_be_visible()
    expect(strip.get_by_role("button").first).to_have_attribute("aria-current", "true")
    expect(current).to_have_count(1)


def test_it_is_put_into_a_folder_and_tagged_by_keys(open_window: OpenWindow, filled: dict[str, str]) -> None:
    page = viewer(open_window, filled["coffee.png"])
    page.keyboard.press("l")
    page.get_by_role("menuitem", name="New folder").click()
    page.get_by_label("Folder name").fill("Kitchen")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("1 item added to “Kitchen”")).to_be_visible()
    details = page.get_by_role("complementary", name="Details")
    expect(details.get_by_role("link", name="Kitchen")).to_be_visible()
    page.keyboard.press("i")
    expect(details).to_be_hidden()
    page.keyboard.press("t")
    expect(page.get_by_role("combobox", name="Add a tag")).to_be_focused()
    page.keyboard.type("hot")
    page.keyboard.press("Enter")
    expect(details.get_by_role("button", name="Remove tag hot")).to_be_visible()
    # Not in the field, whose own undo the key means there.
    page.get_by_role("button", name="Details").focus()
    page.keyboard.press("Control+z")
    expect(details.get_by_role("button", name="Remove tag hot")).to_be_hidden()


def test_a_wrong_date_is_put_right(server: Server, open_window: OpenWindow, filled: dict[str, str]) -> None:
    identity, last = filled["china.jpg"], f"{len(filled)} of {len(filled)}"
    read = "query($id: ID!) { mediaItem(id: $id) { originalDate originalDateSource } }"
    before = server.client.run(read, id=identity)["mediaItem"]["originalDate"]
    page = viewer(open_window, identity)
    change = page.get_by_role("button", name="Change the date")
    field = page.get_by_label("Taken")
    change.click()
    field.fill("1987-05-06T07:08:09")
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    change.click()
    field.fill("1987-05-06T07:08:09")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Wednesday, May 6, 1987 at 7:08")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_text(last)).to_be_visible()
    item = server.client.run(read, id=identity)["mediaItem"]
    assert item == {"originalDate": "1987-05-06T07:08:09.000Z", "originalDateSource": "USER"}
    change.focus()
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Wednesday, May 6, 1987")).to_be_hidden()
    expect(page.get_by_role("dialog").get_by_text(last)).to_be_hidden()
    assert server.client.run(read, id=identity)["mediaItem"]["originalDate"] == before


@pytest.mark.usefixtures("filled")
def test_a_finger_swipes_on_and_away(open_window: OpenWindow) -> None:
    page = open_window("/", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    wait_for_grid(page)
    tile_at(page, 1).tap()
    expect(page.get_by_role("dialog")).to_be_visible()
    session = page.context.new_cdp_session(page)

    def swipe(x: int, y: int) -> None:
        for kind, part in (("touchStart", 0.0), ("touchMove", 0.5), ("touchMove", 1.0)):
            point = {"x": 195 + x * part, "y": 400 + y * part}
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    dialog = page.get_by_role("dialog")
    second = page.url
    name = dialog.get_by_role("heading").first.text_content() or ""
    swipe(-150, 5)
    expect(dialog).not_to_have_accessible_name(name)
    swipe(150, 5)
    expect(dialog).to_have_accessible_name(name)
    expect(page).to_have_url(second)
    swipe(5, 200)
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(tile_at(page, 1)).to_be_focused()


@pytest.mark.usefixtures("filled")
def test_folders_take_what_is_dragged_and_are_ordered(server: Server, open_window: OpenWindow) -> None:
    for name in ("First", "Second"):
        server.client.run("mutation($name: String!) { createFolder(name: $name) { id } }", name=name)
    page = open_window("/", viewport=WIDE)
    wait_for_grid(page)
    sidebar = page.get_by_role("navigation").get_by_role("region", name="Folders")
    for index in (0, 1):
        tile_at(page, index).focus()
        page.keyboard.press("x")
    expect(selected(page)).to_have_text("2 selected")
    tile_at(page, 0).drag_to(sidebar.get_by_role("link", name="Second"))
    expect(sidebar.get_by_role("link", name="Second")).to_have_text("Second2")
    expect(page.get_by_text("2 items added to “Second”")).to_be_visible()
    tile_at(page, 0).drag_to(sidebar.get_by_role("link", name="Second"))
    expect(page.get_by_text("2 items already in “Second”")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(sidebar.get_by_role("link", name="Second")).to_have_text("Second0")

    names = sidebar.get_by_role("link")
    before = [text.rstrip("0123456789") for text in names.all_text_contents()]
    sidebar.get_by_role("listitem").filter(has_text="Second").hover()
    sidebar.get_by_role("button", name="Actions for Second").click()
    page.get_by_role("menuitem", name="Move up").click()
    after = [*before[:-2], "Second", "First"]
    expect(names).to_have_text([re.compile(f"^{name}") for name in after])
    sidebar.get_by_role("link", name="First").drag_to(sidebar.get_by_role("link", name="Second"))
    expect(names).to_have_text([re.compile(f"^{name}") for name in before])

    sidebar.get_by_role("link", name="First").click()
    page.get_by_role("button", name="Add from library").first.click()
    wait_for_grid(page)
    page.get_by_role("region", name="Selection").get_by_role("button", name="Clear selection").click()
    expect(page.get_by_text("Select what to add to “First”")).to_be_visible()
    tile_at(page, 0).focus()
    page.keyboard.press("x")
    page.get_by_role("button", name="Add to “First”").click()
    expect(page.get_by_role("heading", name="First", exact=True)).to_be_visible()
    expect(page.get_by_role("grid").get_by_role("link")).to_have_count(1)

    page.get_by_role("button", name="Folder actions").click()
    page.get_by_role("menuitem", name="Delete folder").click()
    expect(names.filter(has_text="First")).to_have_count(0)
    toast = page.get_by_role("listitem").filter(has_text="Deleted the folder")
    toast.get_by_role("button", name="Undo").click()
    expect(sidebar.get_by_role("link", name="First")).to_have_text("First1")


@pytest.mark.usefixtures("filled")
def test_the_palette_leads_anywhere(open_window: OpenWindow) -> None:
    page = open_window("/", viewport=WIDE)
    wait_for_grid(page)
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Find anything")
    expect(field).to_be_focused()
    field.fill("fav")
    field.press("Enter")
    expect(page.get_by_role("heading", name="Favorites", exact=True)).to_be_visible()
    page.keyboard.press("/")
    field.fill("china")
    page.get_by_role("option", name="Find “china” in the library").click()
    expect(page.get_by_role("grid").get_by_role("link")).to_have_count(1)
