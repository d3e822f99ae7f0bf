"""Videos through the API: what a client is told, and what a player gets."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.api.test_events import watching
from tests.clips import film, plain, scene, sound_only
from tests.pictures import drawn, encode
from tests.server import Client, Server

ITEM = """query($id: ID!) { mediaItem(id: $id) {
  id mediaType mimeType width height duration perceptualHash isSearchable placeholder
  originalUrl originalDate originalDateSource playbackState playbackUrl thumbnailUrl
  camera { make model } location { latitude longitude altitude } exif
} }"""
CHANGES = (
    """subscription { libraryEvents { __typename ... on MediaChanged { media { id playbackState playbackUrl } } } }"""
)
METADATA = {
    "com.apple.quicktime.creationdate": "2019-07-24T11:25:40+0300",
    "com.apple.quicktime.location.ISO6709": "+32.0929+034.8620+028.516/",
    "com.apple.quicktime.make": "Apple",
}


def item(client: Client, identity: str) -> dict[str, Any]:
    found: dict[str, Any] = client.run(ITEM, id=identity)["mediaItem"]
    return found


def test_a_phone_s_clip_is_ready_at_once(client: Client, tmp_path: Path) -> None:
    content = film(tmp_path / "a.mov", scene(11, 3), sound="aac", metadata=METADATA).read_bytes()
    found = item(client, client.add("IMG_0001.MOV", content))
    assert (found["mediaType"], found["mimeType"]) == ("VIDEO", "video/quicktime")
    assert (found["width"], found["height"], found["isSearchable"]) == (320, 240, True)
    assert found["duration"] == pytest.approx(3, abs=0.1)
    assert (found["originalDate"], found["originalDateSource"]) == ("2019-07-24T08:25:40.000Z", "CONTAINER")
    assert found["location"] == {"latitude": 32.0929, "longitude": 34.862, "altitude": 28.516}
    assert found["camera"]["make"] == "Apple"
    assert found["exif"]["Video Codec"].startswith("h264")
    assert found["playbackState"] == "ORIGINAL"
    played = client.http.get(found["playbackUrl"], headers={"range": "bytes=100-199"})
    assert played.status_code == 206
    assert played.content == content[100:200]
    assert played.headers["content-range"] == f"bytes 100-199/{len(content)}"
    assert played.headers["content-type"] == "video/mp4"
    assert played.headers["cache-control"].startswith("private")
    original = client.http.get(found["originalUrl"])
    assert original.headers["content-type"] == "video/quicktime"
    assert original.content == content
    assert client.http.get(found["thumbnailUrl"]).headers["content-type"] == "image/jpeg"


def test_an_old_codec_gets_a_preview_and_the_client_is_told(server: Server, tmp_path: Path) -> None:
    client = server.client
    content = film(tmp_path / "a.avi", scene(12, 3), codec="mpeg4", sound="mp2").read_bytes()
    identity = asyncio.run(_ready(server, content))
    found = item(client, identity)
    assert found["mimeType"] == "video/x-msvideo"
    played = client.http.get(found["playbackUrl"])
    assert played.headers["content-type"] == "video/mp4"
    assert played.content[4:8] == b"ftyp"
    part = client.http.get(found["playbackUrl"], headers={"range": "bytes=-50"})
    assert (part.status_code, part.content) == (206, played.content[-50:])
    again = client.http.get(found["playbackUrl"], headers={"if-none-match": played.headers["etag"]})
    assert again.status_code == 304
    jobs = client.run("{ jobs { kind state } }")["jobs"]
    assert any(job["kind"] == "VIDEO_PREVIEW" for job in jobs)


async def _ready(server: Server, content: bytes) -> str:
    """The id of the new item, once the events say that it can be played."""
    async with watching(server, CHANGES) as stream:
        added = asyncio.ensure_future(asyncio.to_thread(server.client.add, "MVI_0002.AVI", content))
        async for answer in stream:
            for changed in answer["libraryEvents"].get("media", []):
                if changed["playbackState"] == "PREVIEW":
                    assert changed["playbackUrl"]
                    assert changed["id"] == await added
                    return await added
    raise AssertionError("The events ended.")


def test_pictures_have_nothing_to_play(client: Client) -> None:
    found = item(client, client.add("a.jpg", encode(drawn(40))))
    assert (found["playbackState"], found["playbackUrl"], found["duration"]) == (None, None, None)
    assert client.http.get(f"/playback/{found['id']}").status_code == 404


def test_a_search_by_a_clip_finds_its_like(client: Client, tmp_path: Path) -> None:
    identity = client.add("a.mp4", film(tmp_path / "a.mp4", scene(13, 4)).read_bytes())
    query = """query($image: Upload!) { similarMedia(reference: {image: $image}, minSimilarity: 80) {
      edges { similarity node { id } } } }"""
    clip = film(tmp_path / "b.mp4", scene(13, 4), crf="30").read_bytes()
    found = client.send(query, {"image": None}, {"variables.image": ("b.mp4", clip)})["similarMedia"]["edges"]
    assert found[0]["node"]["id"] == identity


def test_what_is_no_video_is_refused_with_a_sentence(client: Client, tmp_path: Path) -> None:
    sound = sound_only(tmp_path / "a.mp4").read_bytes()
    whole = film(tmp_path / "b.mp4", scene(14, 2)).read_bytes()
    playlist = b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n"
    files = [("a.mp4", sound), ("b.mp4", whole[: len(whole) // 3]), ("evil.mp4", playlist), ("c.mp4", b"")]
    results = client.upload(files)
    assert [result["__typename"] for result in results] == ["RejectedUpload"] * 4
    for result, words in zip(results, ("moving picture", "damaged", "no picture or video", "empty"), strict=True):
        assert words in result["message"]


def test_a_dark_clip_is_an_item_like_any_other(client: Client, tmp_path: Path) -> None:
    found = item(client, client.add("night.mp4", film(tmp_path / "a.mp4", plain(2, 2)).read_bytes()))
    assert found["perceptualHash"]
