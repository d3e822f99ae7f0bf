"""Originals, thumbnails and the app over HTTP."""

import gzip
import io
import re
from typing import Any

import pytest
from PIL import Image

from tests.pictures import drawn, encode
from tests.server import Client, Server

ORIGINAL = encode(drawn(20, (900, 600)), quality=95)


@pytest.fixture(scope="module")
def item(server: Server) -> dict[str, Any]:
    identity = server.client.add("über den Wolken.jpg", ORIGINAL)
    query = """query($id: ID!) { mediaItem(id: $id) {
      id contentHash originalUrl square: thumbnailUrl small: thumbnailUrl(size: SMALL) large: thumbnailUrl(size: LARGE)
    } }"""
    found: dict[str, Any] = server.client.run(query, id=identity)["mediaItem"]
    return found


def test_the_original_comes_back_to_the_byte(client: Client, item: dict[str, Any]) -> None:
    response = client.http.get(item["originalUrl"])
    assert response.content == ORIGINAL
    assert response.headers["content-type"] == "image/jpeg"
    assert response.headers["etag"] == f'"{item["contentHash"]}"'
    assert response.headers["accept-ranges"] == "bytes"
    assert response.headers["cache-control"].startswith("private")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-disposition"].startswith("inline")
    saved = client.http.get(item["originalUrl"], params={"download": ""})
    assert saved.headers["content-disposition"] == "attachment; filename*=utf-8''%C3%BCber%20den%20Wolken.jpg"


@pytest.mark.parametrize(("asked", "start", "end"), [("0-9", 0, 10), ("100-", 100, None), ("-50", -50, None)])
def test_a_range_is_a_part(client: Client, item: dict[str, Any], asked: str, start: int, end: int | None) -> None:
    response = client.http.get(item["originalUrl"], headers={"range": f"bytes={asked}"})
    assert response.status_code == 206
    assert response.content == ORIGINAL[start:end]


def test_ranges_that_cannot_be_met_are_refused(client: Client, item: dict[str, Any]) -> None:
    response = client.http.get(item["originalUrl"], headers={"range": f"bytes={len(ORIGINAL)}-"})
    assert response.status_code == 416
    changed = client.http.get(item["originalUrl"], headers={"range": "bytes=0-9", "if-range": '"other"'})
    assert changed.status_code == 200


def test_what_the_client_has_is_not_sent_again(client: Client, item: dict[str, Any]) -> None:
    for url in (item["originalUrl"], item["small"]):
        etag = client.http.get(url).headers["etag"]
        again = client.http.get(url, headers={"if-none-match": etag})
        assert again.status_code == 304
        assert again.content == b""
        assert client.http.get(url, headers={"if-none-match": '"other"'}).status_code == 200


def test_thumbnails_have_their_sizes(client: Client, item: dict[str, Any]) -> None:
    for url, size in ((item["square"], (224, 224)), (item["small"], (480, 320)), (item["large"], (900, 600))):
        with Image.open(io.BytesIO(client.http.get(url).content)) as image:
            assert image.format == "JPEG"
            assert image.size == size


def test_what_is_not_there_is_not_cached(client: Client, item: dict[str, Any]) -> None:
    for url in ("/originals/nothing", f"/originals/{'0' * 32}", f"/thumbnails/{item['id']}/giant", "/assets/x.js"):
        response = client.http.get(url)
        assert response.status_code == 404
        assert "max-age" not in response.headers.get("cache-control", "")


def test_health_and_app(client: Client) -> None:
    assert client.http.get("/health").json()["status"] == "ok"
    page = client.http.get("/folders/some-folder")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-cache"
    assert page.headers["content-security-policy"]
    asset = re.search(r"/assets/[^\"]+\.js", page.text)
    assert asset is not None
    assert "immutable" in client.http.get(asset[0]).headers["cache-control"]
    assert client.http.get("/favicon.nothing").status_code == 404


@pytest.mark.parametrize(
    ("asked", "got"), [("gzip", "gzip"), ("gzip, deflate, br", "br"), ("gzip;q=0", None), ("identity", None)]
)
def test_the_app_comes_compressed_to_those_who_take_it(client: Client, asked: str, got: str | None) -> None:
    page = client.http.get("/").text
    for path in re.findall(r"/assets/[^\"]+\.(?:js|css)", page):
        plain = client.http.get(path, headers={"accept-encoding": "identity"})
        with client.http.stream("GET", path, headers={"accept-encoding": asked}) as answer:
            sent = b"".join(answer.iter_raw())
        if len(plain.content) < 1000:
            continue
        assert answer.headers.get("content-encoding") == got
        assert answer.headers["content-type"] == plain.headers["content-type"]
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["vary"] == "accept-encoding"
        assert (len(sent) < 0.6 * len(plain.content)) == (got is not None)
        if got == "gzip":
            assert gzip.decompress(sent) == plain.content


def test_long_answers_come_compressed(client: Client) -> None:
    introspection = {"query": "{ __schema { types { name description fields { name description } } } }"}
    with client.http.stream("POST", "/graphql", json=introspection, headers={"accept-encoding": "gzip"}) as answer:
        sent = b"".join(answer.iter_raw())
    plain = client.http.post("/graphql", json=introspection, headers={"accept-encoding": "identity"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(sent) == plain.content


def test_graphiql_asks_nobody_else(client: Client) -> None:
    page = client.http.get("/graphiql")
    assert page.status_code == 200
    assert "//" not in re.sub(r"<!--.*?-->", "", page.text).replace("http://www.w3.org", "")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example", "x-requested-with": ""},
        {"sec-fetch-site": "cross-site"},
        {"origin": "null"},
        {"cookie": "gallery_session=x", "content-type": "multipart/form-data; boundary=x"},
    ],
)
def test_foreign_pages_are_turned_away(server: Server, headers: dict[str, str]) -> None:
    import httpx

    response = httpx.post(f"{server.url}/graphql", content=b"{}", headers=headers)
    assert response.status_code == 403
    assert "another site" in response.json()["errors"][0]["message"]


def test_the_large_thumbnail_of_a_large_picture_is_made_once_and_kept(server: Server) -> None:
    client = server.client
    identity = client.add("large.jpg", encode(drawn(500, (3000, 2000))))
    kept = server.thumbnails / identity[:2] / identity[2:4] / f"{identity}-large.jpg"
    assert not kept.exists()
    first = client.http.get(f"/thumbnails/{identity}/large")
    assert first.headers["content-type"] == "image/jpeg"
    with Image.open(io.BytesIO(first.content)) as image:
        assert image.size == (1600, 1067)
    assert kept.read_bytes() == first.content
    assert client.http.get(f"/thumbnails/{identity}/large").content == first.content


def test_a_large_thumbnail_that_cannot_be_made_is_explained(server: Server) -> None:
    client = server.client
    identity = client.add("spoiled.jpg", encode(drawn(501, (3000, 2000))))
    (original,) = server.uploads.rglob(f"{identity}*")
    content = original.read_bytes()
    original.write_bytes(content[:2000])
    answer = client.http.get(f"/thumbnails/{identity}/large")
    assert answer.status_code == 404
    assert "damaged" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    original.write_bytes(content)


def test_an_animation_says_that_it_plays(client: Client) -> None:
    frames = [drawn(seed) for seed in (510, 511)]
    moving = client.add("moving.gif", encode(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    still = client.add("still.gif", encode(drawn(512), "GIF"))
    for identity, plays in ((moving, True), (still, False)):
        item = client.run("query($i: ID!) { mediaItem(id: $i) { isAnimated mimeType } }", i=identity)["mediaItem"]
        assert item == {"isAnimated": plays, "mimeType": "image/gif"}
