"""A tag is learned from examples, on the tags screen."""

import re

import pytest
from playwright.sync_api import expect

from tests.pictures import drawn, encode, packaged_photos, views
from tests.server import Server
from tests.web.conftest import OpenWindow

TAG = 'mutation($ids: [ID!]!) { tagMedia(ids: $ids, add: ["cat"]) { id } }'


@pytest.mark.usefixtures("filled")
def test_a_tag_is_learned(server: Server, open_window: OpenWindow) -> None:
    for seed in range(8):
        server.client.add(f"drawn-{seed}.png", encode(drawn(seed), "PNG"))
    cat = next(path for path in packaged_photos() if path.name == "chelsea.png")
    shots = [server.client.add(f"cat-{number}.jpg", content) for number, content in enumerate(views(cat, 8))]
    page = open_window("/tags")
    expect(page.get_by_text("No tags yet")).to_be_visible()
    server.client.run(TAG, ids=shots[:4])

    row = page.get_by_role("main").get_by_role("listitem").filter(has_text="cat")
    expect(row).to_contain_text("4 by you")
    row.get_by_role("button", name="Learn “cat”").click()
    expect(page.get_by_text(re.compile(r"Learned “cat”: \d+ items? tagged"))).to_be_visible()
    tag = server.client.run('{ tag(name: "cat") { autoCount model { version } } }')["tag"]
    assert tag["model"] == {"version": 1}
    assert tag["autoCount"] > 0
    expect(row).to_contain_text(f"{tag['autoCount']} learned")

    row.get_by_role("link", name="cat").click()
    page.get_by_role("button", name="Show all items").click()
    expect(page.get_by_role("grid").get_by_role("link")).to_have_count(4 + tag["autoCount"])
    learned = server.client.run('{ media(filter: { tags: ["cat"], tagSource: AUTO }) { nodes { id } } }')
    page.locator(f"[data-media-id='{learned['media']['nodes'][0]['id']}']").click()
    # The user's yes makes it an example.
    page.get_by_role("button", name="Confirm tag cat").click()
    expect(page.get_by_role("button", name="Confirm tag cat")).to_be_hidden()
    expect(page.get_by_role("button", name="Remove tag cat")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("navigation").get_by_role("link", name="Tags").click()
    expect(row).to_contain_text("5 by you")
    expect(row).to_contain_text("Examples have changed since")
    page.get_by_role("button", name="Learn all").click()
    expect(page.get_by_text(re.compile(r"Learned 1 tag, given \d+ times?"))).to_be_visible()
    expect(row).not_to_contain_text("Examples have changed since")
    assert server.client.run('{ tag(name: "cat") { model { version } } }')["tag"]["model"] == {"version": 2}


def test_one_example_is_not_enough(server: Server, open_window: OpenWindow, filled: dict[str, str]) -> None:
    server.client.run(
        'mutation($id: ID!) { tagMedia(ids: [$id], add: ["lonely"]) { id } }', id=next(iter(filled.values()))
    )
    page = open_window("/tags")
    page.get_by_role("button", name="Learn “lonely”").click()
    expect(page.get_by_text(re.compile("1 example"))).to_be_visible()
