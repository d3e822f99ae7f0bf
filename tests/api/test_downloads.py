"""Archives through a started server: planned, ranged, resumed, refused."""

import io
import zipfile
from typing import Any

import pytest

from tests.pictures import drawn, encode
from tests.server import Client, GraphQLErrors, Server

PLAN = """
mutation($s: MediaSelection!) {
  planDownload(selection: $s) { id fileCount totalBytes expiresAt parts { id url filename fileCount sizeBytes } }
}
"""
CONTENTS = [encode(drawn(600 + number), "PNG") for number in range(5)]


@pytest.fixture(scope="module")
def ids(server: Server) -> list[str]:
    return [server.client.add("same name.png", content) for content in CONTENTS]


def _part(client: Client, **selection: Any) -> dict[str, Any]:
    plan = client.run(PLAN, s=selection)["planDownload"]
    assert plan["totalBytes"] == sum(part["sizeBytes"] for part in plan["parts"])
    (part,) = plan["parts"]
    assert part["fileCount"] == plan["fileCount"]
    found: dict[str, Any] = part
    return found


@pytest.mark.usefixtures("ids")
def test_everything_comes_in_one_zip(client: Client) -> None:
    part = _part(client, filter={})
    response = client.http.get(part["url"])
    assert response.headers["content-type"] == "application/zip"
    assert int(response.headers["content-length"]) == len(response.content) == part["sizeBytes"]
    assert part["filename"] in response.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(response.content)) as opened:
        assert opened.testzip() is None
        assert sorted(opened.namelist()) == sorted(["same name.png", *(f"same name ({n}).png" for n in range(2, 6))])
        assert sorted(opened.read(name) for name in opened.namelist()) == sorted(CONTENTS)


def test_a_broken_download_is_resumed(client: Client, ids: list[str]) -> None:
    part = _part(client, ids=ids[:3])
    whole = client.http.get(part["url"])
    half = part["sizeBytes"] // 2
    rest = client.http.get(part["url"], headers={"range": f"bytes={half}-", "if-range": whole.headers["etag"]})
    assert rest.status_code == 206
    assert rest.headers["content-range"] == f"bytes {half}-{part['sizeBytes'] - 1}/{part['sizeBytes']}"
    assert rest.content == whole.content[half:]
    assert client.http.get(part["url"], headers={"range": "bytes=-10"}).content == whole.content[-10:]
    other = client.http.get(part["url"], headers={"range": "bytes=0-1", "if-range": '"other"'})
    assert (other.status_code, len(other.content)) == (200, part["sizeBytes"])
    beyond = client.http.get(part["url"], headers={"range": f"bytes={part['sizeBytes']}-"})
    assert beyond.status_code == 416
    assert client.http.head(part["url"]).headers["content-length"] == str(part["sizeBytes"])


def test_a_plan_outlives_a_restart(server: Server, ids: list[str]) -> None:
    part = _part(server.client, ids=ids)
    before = server.client.http.get(part["url"]).content
    assert server.stop() == 0
    server.restart()
    assert server.client.http.get(part["url"]).content == before


def test_a_deleted_file_is_said_and_not_skipped(server: Server, ids: list[str]) -> None:
    client = server.client
    identity = client.add("soon gone.png", encode(drawn(700), "PNG"))
    part = _part(client, ids=[ids[0], identity])
    client.run("mutation($i: [ID!]!) { deleteMedia(ids: $i, permanently: true) { count } }", i=[identity])
    response = client.http.get(part["url"])
    assert response.status_code == 409
    assert "soon gone.png is gone" in response.text


def test_a_folder_gives_its_name(client: Client, ids: list[str]) -> None:
    folder = client.run('mutation { createFolder(name: "Paris: 2024") { id } }')["createFolder"]["id"]
    client.run("mutation($f: ID!, $i: [ID!]!) { addToFolder(folderId: $f, mediaIds: $i) { id } }", f=folder, i=ids[:2])
    part = _part(client, filter={"folderId": folder})
    assert part["filename"].startswith("Paris_ 2024_")
    assert part["fileCount"] == 2


@pytest.mark.parametrize("selection", [{"ids": []}, {"ids": ["0" * 32]}, {"filter": {"tags": ["none"]}}])
@pytest.mark.usefixtures("ids")
def test_nothing_is_no_download(client: Client, selection: dict[str, Any]) -> None:
    with pytest.raises(GraphQLErrors) as caught:
        client.run(PLAN, s=selection)
    assert caught.value.code == "BAD_USER_INPUT"
    assert "nothing to download" in caught.value.message


def test_unknown_parts_are_unknown(client: Client) -> None:
    for identity in ("nonsense", "0" * 32):
        assert client.http.get(f"/downloads/{identity}").status_code == 404
