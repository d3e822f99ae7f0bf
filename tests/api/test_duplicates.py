"""Duplicates and shots of one moment: found, told apart, settled and taken back, through a started server."""

import io
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageEnhance

from tests.clips import film, scene
from tests.pictures import drawn, encode, packaged_photos
from tests.server import Client, GraphQLErrors, Server

GROUPS = """
query Groups($first: Int! = 60, $after: String) {
  duplicateGroups(first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id size media { id originalFilename } best { id }
      bestReasons { criterion best others isAhead isDecisive }
    }
  }
}
"""
STATE = """
{
  media(first: 200) { nodes { id isFavorite tags { source confidence tag { name } } folders { id } } }
  trash: media(first: 200, filter: { trashed: true }) { nodes { id } }
  folders { id name itemCount media(first: 100) { nodes { id } } }
  tags { name manualCount autoCount rejectedCount }
  duplicateGroups { nodes { id size } }
}
"""
RESOLVE = """
mutation Resolve($group: ID!, $keep: ID) {
  resolveDuplicates(groupId: $group, keep: $keep) { id undoneAt kept { id isFavorite } others { id trashedAt } }
}
"""
UNDO = "mutation Undo($id: ID!) { undoResolution(id: $id) { id undoneAt kept { id } others { id trashedAt } } }"
APART = """
mutation Apart($ids: [ID!]!, $from: [ID!], $notSame: Boolean! = true) {
  markNotSame(ids: $ids, from: $from, notSame: $notSame) { id }
}
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    started = Server(tmp_path)
    yield started
    assert started.stop() == 0
    assert (tmp_path / "stderr.log").read_text() == ""


def photo(number: int) -> Image.Image:
    with Image.open(packaged_photos()[number]) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((900, 900))
    return picture


def add_copies(client: Client, number: int) -> list[str]:
    """A photograph, a smaller and a cropped copy of it: their ids, the best first."""
    picture = photo(number)
    width, height = picture.size
    copies = {
        "original": picture,
        "crop": picture.crop((width // 20, height // 20, width, height)),
        "small": ImageEnhance.Brightness(picture.resize((width // 2, height // 2))).enhance(1.3),
    }
    return [add(client, f"{name} {number}.jpg", encode(copy, quality=90)) for name, copy in copies.items()]


def add(client: Client, name: str, content: bytes) -> str:
    (result,) = client.upload([(name, content)], near=True)
    assert result["__typename"] == "UploadedMedia", result
    identity: str = result["media"]["id"]
    return identity


def groups(client: Client, **variables: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.run(GROUPS, **variables)["duplicateGroups"]["nodes"]
    return found


def members(client: Client) -> set[frozenset[str]]:
    return {frozenset(item["id"] for item in group["media"]) for group in groups(client)}


def wait_for_job(client: Client, identity: str) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        job: dict[str, Any] = client.run(
            "query($id: ID!) { job(id: $id) { state message error done total } }", id=identity
        )["job"]
        if job["state"] not in ("QUEUED", "RUNNING"):
            return job
        time.sleep(0.05)
    raise AssertionError("The job did not end.")


def scan(client: Client) -> dict[str, Any]:
    job = client.run("mutation { scanDuplicates { id kind } }")["scanDuplicates"]
    assert job["kind"] == "DUPLICATE_SCAN"
    return wait_for_job(client, job["id"])


def test_copies_are_grouped_and_the_best_is_explained(server: Server) -> None:
    client = server.client
    first, second = add_copies(client, 0), add_copies(client, 1)
    add(client, "other.jpg", encode(photo(2)))
    assert members(client) == {frozenset(first), frozenset(second)}
    (group,) = [group for group in groups(client) if group["best"]["id"] == first[0]]
    assert [reason["criterion"] for reason in group["bestReasons"]] == ["PIXELS", "SHARPNESS", "FILE_SIZE", "DATE"]
    pixels = group["bestReasons"][0]
    assert (pixels["isAhead"], pixels["isDecisive"]) == (True, True)
    width, height = photo(0).size
    assert pixels["best"] == f"{width} x {height}"
    assert not any(reason["isDecisive"] for reason in group["bestReasons"][1:])
    seen, after = [], None
    while True:
        page = client.run(GROUPS, first=1, after=after)["duplicateGroups"]
        seen += [group["id"] for group in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == [group["id"] for group in groups(client)]


def test_a_group_is_settled_in_one_step_and_all_of_it_taken_back(server: Server) -> None:
    client = server.client
    best, crop, small = add_copies(client, 0)
    client.run('mutation($ids: [ID!]!) { tagMedia(ids: $ids, add: ["sea", "own"]) { id } }', ids=[best])
    client.run('mutation($ids: [ID!]!) { tagMedia(ids: $ids, add: ["sea", "holiday"]) { id } }', ids=[crop])
    client.run("mutation($ids: [ID!]!) { setFavorite(ids: $ids, favorite: true) { id } }", ids=[small])
    folders = [
        client.run("mutation($name: String!) { createFolder(name: $name) { id } }", name=name)["createFolder"]["id"]
        for name in ("mine", "theirs")
    ]
    put = "mutation($folder: ID!, $ids: [ID!]!) { addToFolder(folderId: $folder, mediaIds: $ids) { id } }"
    client.run(put, folder=folders[0], ids=[best])
    client.run(put, folder=folders[1], ids=[crop, small])
    before = client.run(STATE)

    done = client.run(RESOLVE, group=groups(client)[0]["id"])["resolveDuplicates"]
    assert (done["kept"], done["undoneAt"]) == ({"id": best, "isFavorite": True}, None)
    assert {item["id"] for item in done["others"]} == {crop, small}
    after = client.run(STATE)
    (kept,) = after["media"]["nodes"]
    assert {tag["tag"]["name"] for tag in kept["tags"]} == {"sea", "own", "holiday"}
    assert {folder["id"] for folder in kept["folders"]} == set(folders)
    assert {item["id"] for item in after["trash"]["nodes"]} == {crop, small}
    assert after["duplicateGroups"]["nodes"] == []

    undone = client.run(UNDO, id=done["id"])["undoResolution"]
    assert undone["undoneAt"] is not None
    assert client.run(STATE) == before
    with pytest.raises(GraphQLErrors) as caught:
        client.run(UNDO, id=done["id"])
    assert caught.value.code == "CONFLICT"


def test_what_is_kept_may_be_chosen_and_must_be_of_the_group(server: Server) -> None:
    client = server.client
    best, crop, small = add_copies(client, 0)
    stranger = add(client, "other.jpg", encode(photo(2)))
    (group,) = groups(client)
    with pytest.raises(GraphQLErrors) as caught:
        client.run(RESOLVE, group=group["id"], keep=stranger)
    assert caught.value.code == "BAD_USER_INPUT"
    client.run("mutation($ids: [ID!]!) { deleteMedia(ids: $ids) { count } }", ids=[small])
    with pytest.raises(GraphQLErrors) as caught:
        client.run(RESOLVE, group=group["id"])  # it has two members now, and another id
    assert caught.value.code == "CONFLICT"
    (smaller,) = groups(client)
    done = client.run(RESOLVE, group=smaller["id"], keep=crop)["resolveDuplicates"]
    assert (done["kept"]["id"], [item["id"] for item in done["others"]]) == (crop, [best])
    client.run("mutation { emptyTrash { count } }")
    with pytest.raises(GraphQLErrors) as caught:
        client.run(UNDO, id=done["id"])
    assert caught.value.code == "CONFLICT"
    assert "for good" in caught.value.message


def test_not_the_same_is_remembered_and_can_be_taken_back(server: Server) -> None:
    client = server.client
    best, crop, small = add_copies(client, 0)
    client.run(APART, **{"ids": [crop], "from": [best, small]})
    assert members(client) == {frozenset({best, small})}
    forget_comparisons(server)
    client = server.client
    assert scan(client)["state"] == "SUCCEEDED"
    assert members(client) == {frozenset({best, small})}
    client.run(APART, ids=[best, crop, small], notSame=True)
    assert members(client) == set()
    client.run(APART, ids=[best, crop, small], notSame=False)
    assert members(client) == {frozenset({best, crop, small})}
    with pytest.raises(GraphQLErrors) as caught:
        client.run(APART, ids=[best])
    assert caught.value.code == "BAD_USER_INPUT"


def forget_comparisons(server: Server) -> None:
    """Leaves the library as one from before duplicates were looked for."""
    server.stop()
    with sqlite3.connect(server.folder / "gallery.db") as database:
        database.execute("DELETE FROM duplicate_pairs")
        database.execute("DELETE FROM sketches")
    database.close()
    server.restart()


def test_a_library_from_before_is_scanned_once(server: Server, tmp_path: Path) -> None:
    client = server.client
    pictures = [add_copies(client, 0), add_copies(client, 1)]
    turned = add(client, "turned.jpg", encode(photo(0).transpose(Image.Transpose.ROTATE_90)))
    clips = [
        add(client, f"{codec}.mp4", film(tmp_path / f"{codec}.mp4", scene(3), codec=codec).read_bytes())
        for codec in ("libx264", "libx265")
    ]
    expected = {frozenset([*pictures[0], turned]), frozenset(pictures[1]), frozenset(clips)}
    assert members(client) == expected
    forget_comparisons(server)
    client = server.client
    assert members(client) == set()
    job = scan(client)
    assert (job["state"], job["done"], job["total"]) == ("SUCCEEDED", 9, 9)
    assert members(client) == expected
    assert scan(client)["message"].startswith("0 items compared")


def test_a_copy_in_the_trash_joins_its_group_when_it_comes_back(server: Server) -> None:
    client = server.client
    picture = photo(0)
    first = add(client, "first.jpg", encode(picture))
    client.run("mutation($ids: [ID!]!) { deleteMedia(ids: $ids) { count } }", ids=[first])
    second = add(client, "second.jpg", encode(ImageEnhance.Contrast(picture).enhance(1.4)))
    assert members(client) == set()
    client.run("mutation($ids: [ID!]!) { restoreMedia(ids: $ids) { id } }", ids=[first])
    assert members(client) == {frozenset({first, second})}


def shot(image: Image.Image, moment: str) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = moment
    target = io.BytesIO()
    image.save(target, "JPEG", quality=90, exif=exif)
    return target.getvalue()


def test_shots_of_one_moment_are_another_list_and_the_sharpest_is_suggested(server: Server) -> None:
    client = server.client
    picture = photo(0)
    width, height = picture.size
    burst, views = [], []
    for number in range(3):
        view = picture.crop((8 * number, 6 * number, width - 40 + 8 * number, height - 40 + 6 * number))
        if number != 1:
            view = view.resize((view.width // 3, view.height // 3)).resize(view.size)
        view.paste(drawn(number, (200, 160)), (120 * number, 80 * number))
        views.append(view)
        burst.append(add(client, f"{number}.jpg", shot(view, f"2024:05:01 12:00:0{3 * number}")))
    # Detail lies closer together in what was made smaller, and it is no shot to keep for that.
    burst.append(add(client, "sent.jpg", shot(views[1].resize((width // 2, height // 2)), "2024:05:01 12:00:09")))
    add(client, "later.jpg", shot(picture, "2024:05:01 13:00:00"))
    add(client, "unlike.jpg", shot(photo(3), "2024:05:01 12:00:04"))
    query = """
    query($within: Float! = 5) {
      momentGroups(withinSeconds: $within, minSimilarity: 75) {
        totalCount nodes { size media { id } best { id } bestReasons { criterion isDecisive } }
      }
    }
    """
    found = client.run(query)["momentGroups"]
    assert found["totalCount"] == 1
    (moment,) = found["nodes"]
    assert {item["id"] for item in moment["media"]} == set(burst)
    assert moment["best"]["id"] == burst[1]
    assert [reason["criterion"] for reason in moment["bestReasons"] if reason["isDecisive"]] == ["SHARPNESS"]
    assert members(client) == {frozenset({burst[1], burst[3]})}
    client.run("mutation($ids: [ID!]!) { setFavorite(ids: $ids, favorite: true) { id } }", ids=[burst[2]])
    assert client.run(query)["momentGroups"]["nodes"][0]["best"]["id"] == burst[2]
    assert client.run(query, within=1)["momentGroups"]["totalCount"] == 0
    with pytest.raises(GraphQLErrors) as caught:
        client.run(query, within=-1)
    assert caught.value.code == "BAD_USER_INPUT"
