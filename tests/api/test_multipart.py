"""The multipart request specification: malformed bodies are answered with a sentence and keep nothing."""

import json
import socket

import pytest

from tests.pictures import drawn, encode
from tests.server import UPLOAD, Client, Server, stored_files

OPERATIONS = {"query": UPLOAD, "variables": {"files": [None]}}
FILE = ("one.jpg", encode(drawn(10)))


@pytest.mark.parametrize(
    ("operations", "places", "files", "sentence"),
    [
        ("{", {"0": ["variables.files.0"]}, ["0"], "'operations' is not JSON"),
        ("5", {"0": ["variables.files.0"]}, ["0"], "'operations' must be a JSON object"),
        ("[]", {"0": ["variables.files.0"]}, ["0"], "Batches"),
        (OPERATIONS, "{", ["0"], "'map' is not JSON"),
        (OPERATIONS, [], ["0"], "'map' must be a JSON object"),
        (OPERATIONS, {"0": "variables.files.0"}, ["0"], "must have a list of paths"),
        (OPERATIONS, {"0": [5]}, ["0"], "must have a list of paths"),
        (OPERATIONS, {"0": ["variables.files.7"]}, ["0"], "leads nowhere"),
        (OPERATIONS, {"0": ["variables.files.x"]}, ["0"], "leads nowhere"),
        (OPERATIONS, {"0": ["query.0"]}, ["0"], "leads nowhere"),
        (OPERATIONS, {"0": ["query"]}, ["0"], "there must be null"),
        (OPERATIONS, {"1": ["variables.files.0"]}, ["0"], "does not have"),
        (OPERATIONS, {"0": ["variables.files.0", "variables.files.0"]}, ["0"], "each file is taken once"),
    ],
)
def test_a_malformed_request_is_explained(
    server: Server, operations: object, places: object, files: list[str], sentence: str
) -> None:
    form = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in (("operations", operations), ("map", places))
    }
    response = server.client.http.post("/graphql", data=form, files=dict.fromkeys(files, FILE))
    assert response.status_code == 400
    assert sentence in response.json()["errors"][0]["message"]
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert stored_files(server.uploads) == []


@pytest.mark.parametrize("missing", ["operations", "map"])
def test_a_missing_field_is_named(client: Client, missing: str) -> None:
    form = {"operations": json.dumps(OPERATIONS), "map": json.dumps({"0": ["variables.files.0"]})}
    del form[missing]
    response = client.http.post("/graphql", data=form, files={"0": FILE})
    assert response.status_code == 400
    assert missing in response.json()["errors"][0]["message"]


def test_operations_sent_as_a_file_are_read_all_the_same(client: Client) -> None:
    parts = {
        "operations": ("blob", json.dumps({"query": "{ __typename }"}).encode(), "application/json"),
        "map": ("blob", b"{}", "application/json"),
    }
    assert client.http.post("/graphql", files=parts).json() == {"data": {"__typename": "Query"}}


def test_a_body_without_boundaries_is_refused(client: Client) -> None:
    for content_type in ("multipart/form-data", "multipart/form-data; boundary=x"):
        response = client.http.post("/graphql", content=b"garbage", headers={"content-type": content_type})
        assert response.status_code == 400


def test_an_upload_cut_off_halfway_keeps_nothing(server: Server) -> None:
    boundary = "cut"
    form = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (
            ("operations", json.dumps(OPERATIONS)),
            ("map", json.dumps({"0": ["variables.files.0"]})),
        )
    )
    form += f'--{boundary}\r\nContent-Disposition: form-data; name="0"; filename="cut.jpg"\r\n\r\n'
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nX-Requested-With: tests\r\n"
        f"Content-Type: multipart/form-data; boundary={boundary}\r\nContent-Length: 5000000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(head.encode() + form.encode() + b"\xff\xd8\xff" + b"x" * 2_000_000)
    assert server.client.upload([FILE])[0]["__typename"] == "UploadedMedia"  # the server goes on
    for _ in range(100):
        if len(stored_files(server.uploads)) == 1:
            break
        server.client.run("{ __typename }")
    assert len(stored_files(server.uploads)) == 1
    assert len(stored_files(server.thumbnails)) == 3


def test_good_and_bad_files_are_answered_in_order(client: Client) -> None:
    good, other = encode(drawn(11)), encode(drawn(12), "PNG")
    results = client.upload([("a.jpg", good), ("b.jpg", b"bad"), ("c.png", other), ("d.jpg", good)])
    assert [result["filename"] for result in results] == ["a.jpg", "b.jpg", "c.png", "d.jpg"]
    kinds = [result["__typename"] for result in results]
    assert kinds[1:3] == ["RejectedUpload", "UploadedMedia"]
    assert sorted([kinds[0], kinds[3]]) == ["DuplicateMedia", "UploadedMedia"]


def test_a_path_as_filename_is_only_a_name(client: Client) -> None:
    (result,) = client.upload([("../../etc/..\\evil\u202e.jpg", encode(drawn(13)))])
    assert result["media"]["originalFilename"] == "evil.jpg"


def test_a_thousand_files_are_answered_in_order_and_one_more_is_too_many(server: Server) -> None:
    before = len(stored_files(server.uploads))
    files = [(f"{number}.txt", b"no picture") for number in range(1_000)]
    for number in (0, 499, 999):
        files[number] = (f"{number}.png", encode(drawn(1_000 + number), "PNG"))
    results = server.client.upload(files)
    assert [result["filename"] for result in results] == [name for name, _ in files]
    added = [result["filename"] for result in results if result["__typename"] == "UploadedMedia"]
    assert added == ["0.png", "499.png", "999.png"]
    assert len(stored_files(server.uploads)) == before + 3
    paths = {str(number): [f"variables.files.{number}"] for number in range(1_001)}
    form = {
        "operations": json.dumps({"query": UPLOAD, "variables": {"files": [None] * 1_001}}),
        "map": json.dumps(paths),
    }
    response = server.client.http.post("/graphql", data=form, files=dict.fromkeys(paths, ("x.txt", b"x")))
    assert response.status_code == 413
    assert "more than 1000 files" in response.json()["errors"][0]["message"]
    assert len(stored_files(server.uploads)) == before + 3
