"""Every change of the library: what it does, that it can be repeated, and the events that tell of it."""

import time
from typing import Any

import pytest

from tests.pictures import drawn, encode
from tests.server import Client, GraphQLErrors, Server, stored_files


@pytest.fixture(scope="module")
def ids(server: Server) -> list[str]:
    return [server.client.add(f"{number}.jpg", encode(drawn(200 + number))) for number in range(6)]


def test_trash_and_back(client: Client, ids: list[str]) -> None:
    folder = client.run('mutation { createFolder(name: "Trashed") { id } }')["createFolder"]["id"]
    client.run("mutation($f: ID!, $i: [ID!]!) { addToFolder(folderId: $f, mediaIds: $i) { id } }", f=folder, i=ids[:2])
    delete = "mutation($i: [ID!]!) { deleteMedia(ids: $i) { count ids } }"
    assert client.run(delete, i=ids[:2])["deleteMedia"] == {"count": 2, "ids": ids[:2]}
    assert client.run(delete, i=ids[:2])["deleteMedia"]["count"] == 0
    state = client.run(
        """query($f: ID!, $i: ID!) {
          media { totalCount } trash: media(filter: { trashed: true }) { nodes { id trashedAt } }
          folder(id: $f) { itemCount } similarMedia(reference: { mediaId: $i }, minSimilarity: 0) { totalCount }
          server { totalFiles trashedFiles }
        }""",
        f=folder,
        i=ids[2],
    )
    assert state["media"]["totalCount"] == len(ids) - 2
    assert {item["id"] for item in state["trash"]["nodes"]} == set(ids[:2])
    assert state["folder"]["itemCount"] == 0
    assert state["similarMedia"]["totalCount"] == len(ids) - 3
    assert state["server"] == {"totalFiles": len(ids) - 2, "trashedFiles": 2}
    restored = client.run("mutation($i: [ID!]!) { restoreMedia(ids: $i) { id trashedAt } }", i=ids[:2])["restoreMedia"]
    assert restored == [{"id": identity, "trashedAt": None} for identity in ids[:2]]
    assert client.run("query($f: ID!) { folder(id: $f) { itemCount } }", f=folder)["folder"]["itemCount"] == 2


def test_what_is_uploaded_again_comes_back_from_the_trash(client: Client, ids: list[str]) -> None:
    client.run("mutation($i: [ID!]!) { deleteMedia(ids: $i) { count } }", i=ids[:1])
    (result,) = client.upload([("0.jpg", encode(drawn(200)))])
    assert result["__typename"] == "DuplicateMedia"
    assert client.run("query($i: ID!) { mediaItem(id: $i) { trashedAt } }", i=ids[0])["mediaItem"]["trashedAt"] is None


def test_permanent_means_files_too(server: Server) -> None:
    client = server.client
    identity = client.add("gone.jpg", encode(drawn(300)))
    before = len(stored_files(server.uploads)), len(stored_files(server.thumbnails))
    assert client.run(f'mutation {{ deleteMedia(ids: ["{identity}"], permanently: true) {{ count }} }}')
    after = len(stored_files(server.uploads)), len(stored_files(server.thumbnails))
    assert (before[0] - after[0], before[1] - after[1]) == (1, 3)
    other = client.add("gone too.jpg", encode(drawn(301)))
    client.run(f'mutation {{ deleteMedia(ids: ["{other}"]) {{ count }} }}')
    assert client.run("mutation { emptyTrash { count ids } }")["emptyTrash"] == {"count": 1, "ids": [other]}
    assert len(stored_files(server.uploads)) == after[0]


def test_folders_by_and_by(client: Client, ids: list[str]) -> None:
    made = [
        client.run("mutation($n: String!) { createFolder(name: $n) { id } }", n=name)["createFolder"]["id"]
        for name in "abc"
    ]
    reordered = client.run("mutation($i: [ID!]!) { reorderFolders(ids: $i) { id } }", i=[made[2], made[0]])
    assert [folder["id"] for folder in reordered["reorderFolders"]][:2] == [made[2], made[0]]
    renamed = client.run('mutation($i: ID!) { renameFolder(id: $i, name: " New  name ") { name } }', i=made[0])
    assert renamed["renameFolder"]["name"] == "New name"
    change = "mutation($f: ID!, $i: [ID!]!) { %s(folderId: $f, mediaIds: $i) { itemCount cover { id } } }"
    for _ in range(2):
        filled = client.run(change % "addToFolder", f=made[0], i=ids[:3])["addToFolder"]
        assert filled["itemCount"] == 3
        assert filled["cover"]["id"] in ids
    assert client.run(change % "removeFromFolder", f=made[0], i=ids[:5])["removeFromFolder"]["itemCount"] == 0
    for count in (1, 0):
        assert (
            client.run("mutation($i: ID!) { deleteFolder(id: $i) { count } }", i=made[1])["deleteFolder"]["count"]
            == count
        )
    assert client.run("query($i: ID!) { folder(id: $i) { id } }", i=made[1])["folder"] is None


def test_tags_by_and_by(client: Client, ids: list[str]) -> None:
    tag = """mutation($i: [ID!]!, $a: [String!], $r: [String!]) {
      tagMedia(ids: $i, add: $a, remove: $r) { tags { tag { name } } }
    }"""
    client.run(tag, i=ids[:3], a=["cat", " cat ", "pet"])
    assert client.run(tag, i=ids[:1], r=["pet"])["tagMedia"] == [{"tags": [{"tag": {"name": "cat"}}]}]
    assert client.run(tag, i=ids[:1], a=["pet"])["tagMedia"][0]["tags"] == [
        {"tag": {"name": "cat"}},
        {"tag": {"name": "pet"}},
    ]
    named = {item["name"]: item for item in client.run("{ tags { id name manualCount } }")["tags"]}
    assert named["cat"]["manualCount"] == 3
    with pytest.raises(GraphQLErrors) as caught:
        client.run('mutation($i: ID!) { renameTag(id: $i, name: "pet") { id } }', i=named["cat"]["id"])
    assert caught.value.code == "CONFLICT"
    client.run(tag, i=ids[4:5], a=["cat"])
    merged = client.run(
        'mutation($i: [ID!]!) { mergeTags(ids: $i, into: "pet") { name manualCount } }', i=[named["cat"]["id"]]
    )
    assert merged["mergeTags"] == {"name": "pet", "manualCount": 4}
    assert client.run('{ tag(name: "cat") { id } }')["tag"] is None
    filters = client.run(
        """{
          all: media(filter: { tags: ["pet"] }) { totalCount }
          any: media(filter: { anyTags: ["pet", "none"] }) { totalCount }
          none: media(filter: { tags: ["pet", "none"] }) { totalCount }
          un: media(filter: { untagged: true }) { totalCount }
        }"""
    )
    assert (filters["all"], filters["any"], filters["none"]) == (
        {"totalCount": 4},
        {"totalCount": 4},
        {"totalCount": 0},
    )
    assert filters["un"]["totalCount"] == len(ids) - 4
    assert (
        client.run("mutation($i: ID!) { deleteTag(id: $i) { count } }", i=named["pet"]["id"])["deleteTag"]["count"] == 1
    )
    assert client.run("{ media(filter: { untagged: false }) { totalCount } }")["media"]["totalCount"] == 0


def test_learning_applying_and_reviewing(client: Client, ids: list[str]) -> None:
    client.run('mutation($i: [ID!]!) { tagMedia(ids: $i, add: ["some"]) { id } }', i=ids[:3])
    learned = client.run('mutation { learnTag(name: "some") { taggedCount tag { id } job { state kind } } }')[
        "learnTag"
    ]
    assert learned["job"] == {"state": "SUCCEEDED", "kind": "LEARN_TAG"}
    tag = learned["tag"]["id"]
    queue = client.run('{ tag(name: "some") { reviewQueue { confidence media { id } because { id } } } }')["tag"][
        "reviewQueue"
    ]
    asked = {suggestion["media"]["id"] for suggestion in queue}
    assert asked == set(ids[3:])
    assert all({item["id"] for item in suggestion["because"]} == set(ids[:3]) for suggestion in queue)
    reviewed = client.run(
        """mutation($t: ID!, $c: [ID!], $r: [ID!]) {
          reviewTag(id: $t, confirm: $c, reject: $r) { manualCount rejectedCount }
        }""",
        t=tag,
        c=ids[3:4],
        r=ids[4:5],
    )["reviewTag"]
    assert reviewed == {"manualCount": 4, "rejectedCount": 1}
    auto = client.run("mutation { autoTag { before after modelsApplied job { state } } }")["autoTag"]
    assert auto["modelsApplied"] == 1
    state = client.run('{ tag(name: "some") { autoCount model { version isStale positives negatives } } autoTagCount }')
    assert state["tag"]["model"]["version"] == 2
    assert not state["tag"]["model"]["isStale"]
    assert state["autoTagCount"] == auto["after"] == state["tag"]["autoCount"]
    assert ids[4] not in [
        item["id"] for item in client.run('{ media(filter: { tags: ["some"] }) { nodes { id } } }')["media"]["nodes"]
    ]
    applied = client.run(
        "mutation($t: ID!, $f: ID!) { applyTag(id: $t, filter: { folderId: $f }) { taggedCount } }", t=tag, f=tag
    )
    assert applied["applyTag"]["taggedCount"] == 0


def test_dates_and_known_content(client: Client, ids: list[str]) -> None:
    corrected = client.run(
        """mutation($i: [ID!]!) { setOriginalDate(ids: $i, originalDate: "2001-02-03T04:05:06+01:00")
             { originalDate originalDateSource contentHash } }""",
        i=ids[:1],
    )["setOriginalDate"][0]
    assert corrected["originalDate"] == "2001-02-03T03:05:06.000Z"
    assert corrected["originalDateSource"] == "USER"
    known = client.run(
        "query($h: [String!]!) { knownContent(hashes: $h) { id } }", h=["0" * 64, corrected["contentHash"].upper()]
    )["knownContent"]
    assert known == [{"id": ids[0]}]
    timeline = client.run("{ timeline { totalCount buckets { key count } } }")["timeline"]
    assert timeline["buckets"][-1] == {"key": "2001-02", "count": 1}


def test_node_finds_whatever_has_an_id(client: Client, ids: list[str]) -> None:
    folder = client.run('mutation { createFolder(name: "Node") { id } }')["createFolder"]["id"]
    for identity, kind in ((ids[0], "Media"), (folder, "Folder"), ("0" * 32, None), ("junk", None)):
        node = client.run("query($i: ID!) { node(id: $i) { __typename id } }", i=identity)["node"]
        assert (node and node["__typename"]) == kind


def _finished(client: Client, job: str) -> dict[str, Any]:
    for _ in range(200):
        state: dict[str, Any] = client.run(
            "query($i: ID!) { job(id: $i) { state done total message error finishedAt } }", i=job
        )["job"]
        if state["finishedAt"]:
            return state
        time.sleep(0.05)
    raise AssertionError(state)


def _said(client: Client, identity: str) -> tuple[str, dict[str, int], str | None]:
    note = client.run("query($id: ID!) { job(id: $id) { note { code name counts { of count } } } }", id=identity)
    note = note["job"]["note"]
    return note["code"], {one["of"]: one["count"] for one in note["counts"]}, note["name"]


def test_what_is_missing_is_made_again(server: Server, ids: list[str]) -> None:
    client = server.client
    for path in server.thumbnails.rglob(f"{ids[0]}*.jpg"):
        path.unlink()
    assert client.http.get(f"/thumbnails/{ids[0]}/square").status_code == 404
    job = client.run("mutation { repairMedia { id kind } }")["repairMedia"]
    state = _finished(client, job["id"])
    assert (state["state"], state["message"]) == ("SUCCEEDED", "1 item repaired.")
    assert _said(client, job["id"]) == ("REPAIRED", {"ITEMS": 1, "FAILED": 0}, None)
    assert client.http.get(f"/thumbnails/{ids[0]}/square").status_code == 200


def test_an_original_that_is_gone_is_named(server: Server) -> None:
    client = server.client
    identity = client.add("lost.jpg", encode(drawn(400)))
    for path in [*server.thumbnails.rglob(f"{identity}*"), *server.uploads.rglob(f"{identity}*")]:
        path.unlink()
    _finished(client, client.run("mutation { repairMedia { id } }")["repairMedia"]["id"])
    item = client.run("query($i: ID!) { mediaItem(id: $i) { processingError } }", i=identity)["mediaItem"]
    assert "missing on the server's disk" in item["processingError"]
    listed = client.run("{ media(filter: { hasProcessingError: true }) { nodes { id } } }")["media"]["nodes"]
    assert listed == [{"id": identity}]
    client.run(f'mutation {{ deleteMedia(ids: ["{identity}"], permanently: true) {{ count }} }}')


def test_words_find_files_tags_and_folders(client: Client, ids: list[str]) -> None:
    identity = client.add("Sommer_am_Meer-2023.jpg", encode(drawn(500)))
    client.run(f'mutation {{ tagMedia(ids: ["{ids[1]}"], add: ["Meerkat"]) {{ id }} }}')
    folder = client.run('mutation { createFolder(name: "Am Meeresgrund") { id } }')["createFolder"]["id"]
    client.run(f'mutation {{ addToFolder(folderId: "{folder}", mediaIds: ["{ids[2]}"]) {{ id }} }}')
    search = "query($t: String!) { media(filter: { text: $t }) { nodes { id } } }"
    assert {item["id"] for item in client.run(search, t="meer")["media"]["nodes"]} == {identity, ids[1], ids[2]}
    assert {item["id"] for item in client.run(search, t="sommer meer")["media"]["nodes"]} == {identity}
    assert client.run(search, t='"; DROP TABLE media; -- nothing')["media"]["nodes"] == []
