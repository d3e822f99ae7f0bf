"""The route for resumable uploads: what tus asks of it, who is let in, and what is left over."""

import base64
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from gallerynet.core.errors import Conflict, InvalidInput, NotFound, PayloadTooLarge, Unavailable
from gallerynet.core.ids import new_id
from gallerynet.core.ingest.resumable import LIFETIME_SECONDS, MAX_OPEN, Announced, ResumableUploads, announced_by
from gallerynet.core.library import Library
from tests.pictures import drawn, encode
from tests.server import Server, stored_files

TUS = {"Tus-Resumable": "1.0.0"}
PASSWORD = "open sesame"  # noqa: S105 - of a gallery that lives for a second
PIECE = TUS | {"Content-Type": "application/offset+octet-stream"}


@pytest.fixture
def http(server: Server) -> Iterator[httpx.Client]:
    """A program: no cookie and no header but those of tus."""
    with httpx.Client(base_url=server.url, timeout=60) as client:
        yield client


def metadata(**values: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items())


def create(http: httpx.Client, content: bytes, **values: str) -> str:
    said = TUS | {"Upload-Length": str(len(content)), "Upload-Metadata": metadata(filename="sent.jpg", **values)}
    created = http.post("/uploads", headers=said)
    assert created.status_code == 201, created.text
    assert "upload-expires" in created.headers
    return created.headers["location"]


def patch(http: httpx.Client, url: str, offset: int, piece: bytes, **headers: str) -> httpx.Response:
    return http.patch(url, headers=PIECE | {"Upload-Offset": str(offset)} | headers, content=piece)


def test_what_it_can_is_told(http: httpx.Client) -> None:
    told = http.options("/uploads").headers
    assert told["tus-version"] == "1.0.0"
    assert told["tus-extension"] == "creation,creation-with-upload,checksum,termination,expiration"
    assert told["tus-max-size"] == str(10 * 2**30)
    assert "sha256" in told["tus-checksum-algorithm"]


def test_pieces_make_a_file_in_a_folder(http: httpx.Client, server: Server) -> None:
    content = encode(drawn(1))
    folder = server.client.run('mutation { createFolder(name: "Resumed") { id } }')["createFolder"]["id"]
    url = create(http, content, folderId=folder, sha256=hashlib.sha256(content).hexdigest())
    middle = len(content) // 2
    assert patch(http, url, 0, content[:middle]).headers["upload-offset"] == str(middle)
    head = http.head(url, headers=TUS).headers
    assert (head["upload-offset"], head["upload-length"]) == (str(middle), str(len(content)))
    assert head["cache-control"] == "no-store"
    assert http.get(url).json() == {"offset": middle, "length": len(content), "outcome": None}
    assert patch(http, url, middle, content[middle:]).status_code == 204
    outcome = http.get(url).json()["outcome"]
    assert (outcome["__typename"], outcome["filename"]) == ("UploadedMedia", "sent.jpg")
    assert http.get(f"/originals/{outcome['media']['id']}").content == content
    assert server.client.run("{ folders { itemCount } }")["folders"] == [{"itemCount": 1}]
    assert patch(http, url, len(content), b"x").status_code == 409


def test_wrong_pieces_are_refused_and_cost_nothing(http: httpx.Client) -> None:
    content = encode(drawn(2))
    url = create(http, content)
    assert patch(http, url, 5, content[5:]).status_code == 409
    assert patch(http, url, 0, content + b"more").status_code == 413
    assert http.patch(url, headers=TUS | {"Upload-Offset": "0"}, content=content).status_code == 415
    assert http.patch(url, headers=PIECE, content=content).status_code == 400
    assert patch(http, url, 0, content[:100], **{"Tus-Resumable": "0.2.2"}).status_code == 412
    damaged = {"Upload-Checksum": f"sha256 {base64.b64encode(hashlib.sha256(b'other').digest()).decode()}"}
    assert patch(http, url, 0, content[:100], **damaged).status_code == 460
    assert patch(http, url, 0, content[:100], **{"Upload-Checksum": "md4 AAAA"}).status_code == 400
    assert patch(http, url, 0, content[:100], **{"Upload-Checksum": "sha1 !"}).status_code == 400
    assert http.head(url, headers=TUS).headers["upload-offset"] == "0"
    right = {"Upload-Checksum": f"sha256 {base64.b64encode(hashlib.sha256(content).digest()).decode()}"}
    assert patch(http, url, 0, content, **right).status_code == 204
    assert http.get(url).json()["outcome"]["__typename"] == "UploadedMedia"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "99999999999999999999"}, 400),
        ({"Upload-Length": str(11 * 2**30)}, 413),
        ({"Upload-Length": "5", "Upload-Metadata": "filename !!"}, 400),
        ({"Upload-Length": "5", "Upload-Metadata": metadata(sha256="abc")}, 400),
        ({"Upload-Length": "5", "Upload-Metadata": metadata(folderId="nonsense")}, 404),
        ({"Upload-Length": "5", "Upload-Metadata": metadata(folderId=str(new_id()))}, 404),
        ({"Upload-Length": "5", "Upload-Metadata": metadata(filename="x" * 9000)}, 400),
    ],
)
def test_what_cannot_be_begun_is_said(http: httpx.Client, headers: dict[str, str], status: int) -> None:
    answer = http.post("/uploads", headers=TUS | headers)
    assert answer.status_code == status
    assert answer.json()["errors"][0]["message"]


def test_ended_uploads_and_bad_files_leave_nothing(http: httpx.Client, server: Server) -> None:
    before = [name for name in stored_files(server.uploads) if name.endswith("/data")]
    url = create(http, b"x" * 1000)
    patch(http, url, 0, b"x" * 500)
    assert http.delete(url, headers=TUS).status_code == 204
    assert http.head(url, headers=TUS).status_code == 404
    assert http.head("/uploads/..%2f..%2fgallery.db", headers=TUS).status_code == 404
    for content in (b"", b"no picture"):
        url = create(http, content)
        if content:
            patch(http, url, 0, content)
        outcome = http.get(url).json()["outcome"]
        assert (outcome["__typename"], outcome["code"]) == ("RejectedUpload", "UNSUPPORTED_MEDIA")
    assert [name for name in stored_files(server.uploads) if name.endswith("/data")] == before


def test_strangers_and_foreign_pages_are_kept_out(tmp_path: Path) -> None:
    server = Server(tmp_path, GALLERY_PASSWORD=PASSWORD)
    login = f'mutation {{ login(password: "{PASSWORD}") {{ session {{ isAuthenticated }} }} }}'
    said = TUS | {"Upload-Length": "5"}
    with httpx.Client(base_url=server.url) as http:
        for method in ("POST", "OPTIONS"):
            assert http.request(method, "/uploads", headers=said).status_code == 401
        assert http.head(f"/uploads/{new_id()}", headers=TUS).status_code == 401
        assert http.post("/graphql", json={"query": login}).status_code == 200
        assert "gallery_session" in http.cookies
        assert http.post("/uploads", headers=said).status_code == 201
        foreign = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
        refused = http.post("/uploads", headers=said | foreign)
        assert refused.status_code == 403
        # A foreign page's form cannot send the header that tus asks for.
        assert http.post("/uploads", headers={"Upload-Length": "5"}).status_code == 403
    assert server.stop() == 0


def test_limits_and_expiry(library: Library) -> None:
    uploads = library.resumable
    with pytest.raises(PayloadTooLarge):
        uploads.create(Announced(2**60, "huge.jpg"))
    full = ResumableUploads(library.storage, library.ingest, library.folders, reserve_bytes=2**62)
    with pytest.raises(Unavailable, match="no room"):
        full.create(Announced(10, "a.jpg"))
    first = uploads.create(Announced(10, "a.jpg"))
    assert uploads.append(first.id, 0, b"12345") == 5
    with pytest.raises(Conflict):
        uploads.append(first.id, 0, b"12345")
    with pytest.raises(Conflict, match="5 bytes"):
        uploads.finish(first.id)
    for number in range(MAX_OPEN - 1):
        uploads.create(Announced(10, f"{number}.jpg"))
    with pytest.raises(Unavailable, match="unfinished"):
        uploads.create(Announced(10, "one too many.jpg"))
    long_ago = time.time() - LIFETIME_SECONDS - 1
    os.utime(library.storage.uploads / ".partial" / first.id / "data", (long_ago, long_ago))
    with pytest.raises(NotFound):
        uploads.find(first.id)
    assert uploads.sweep() == 1
    assert not (library.storage.uploads / ".partial" / first.id).exists()


def test_names_of_uploads_are_texts() -> None:
    assert announced_by({"filename": "../../etc/passwd\x00"}, 1).filename == "passwd"
    assert announced_by({}, 1).filename == "unnamed"
    with pytest.raises(InvalidInput):
        announced_by({"sha256": "../x"}, 1)
