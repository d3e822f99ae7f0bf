"""HTTP: what is not a GraphQL request gets a sentence in our one error shape, never a bare text."""

import json
from collections.abc import Iterator

import httpx
import pytest

from tests.pictures import drawn, encode
from tests.server import UPLOAD, Client, Server

JSON = "application/json"
MUTATION = 'mutation { createFolder(name: "by GET") { id } }'


@pytest.mark.parametrize(
    ("method", "content_type", "body", "status", "sentence"),
    [
        ("POST", JSON, b"{", 400, "not JSON"),
        ("POST", JSON, b"", 400, "not JSON"),
        ("POST", JSON, '{"query": "{ é }"}'.encode("utf-16"), 400, "not JSON in UTF-8"),
        ("POST", JSON, b"[" * 100_000, 400, "not JSON"),
        ("POST", JSON, b"5", 400, "must be a JSON object"),
        ("POST", JSON, b"null", 400, "must be a JSON object"),
        ("POST", JSON, b'[{"query": "{ __typename }"}]', 400, "Batches"),
        ("POST", JSON, b"{}", 400, "no query"),
        ("POST", JSON, b'{"query": 5}', 400, "query must be a string"),
        ("POST", JSON, b'{"query": "{ __typename }", "variables": []}', 400, "variables must be an object"),
        ("POST", JSON, b'{"query": "{ __typename }", "operationName": {}}', 400, "operationName must be a string"),
        ("POST", JSON, b'{"query": "query A { __typename }", "operationName": "B"}', 400, "B"),
        ("POST", JSON, b'{"query": "subscription { jobProgress { id } }"}', 400, "WebSocket"),
        ("POST", "text/plain", b'{"query": "{ __typename }"}', 415, "'text/plain'"),
        ("POST", "application/x-www-form-urlencoded", b"query=x", 415, "is not taken"),
        ("PUT", JSON, b"{}", 405, "GET or POST"),
        ("DELETE", JSON, b"", 405, "GET or POST"),
    ],
)
def test_what_is_no_request_is_explained(
    client: Client, method: str, content_type: str, body: bytes, status: int, sentence: str
) -> None:
    response = client.http.request(method, "/graphql", content=body, headers={"Content-Type": content_type})
    assert response.status_code == status
    _assert_error(response, "BAD_USER_INPUT", sentence)


def _assert_error(response: httpx.Response, code: str, sentence: str) -> None:
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == code
    assert sentence in error["message"]


@pytest.mark.parametrize(
    ("parameters", "status", "sentence"),
    [
        ({}, 400, "no query"),
        ({"query": "{ __typename }", "variables": "{"}, 400, "variables is not JSON"),
        ({"query": "{ __typename }", "variables": "[]"}, 400, "variables must be"),
        ({"query": MUTATION}, 405, "by POST"),
    ],
)
def test_get_is_for_queries(client: Client, parameters: dict[str, str], status: int, sentence: str) -> None:
    response = client.http.get("/graphql", params=parameters)
    assert response.status_code == status
    _assert_error(response, "BAD_USER_INPUT", sentence)
    assert client.run("{ folders { id } }") == {"folders": []}


def test_get_answers_queries(client: Client) -> None:
    parameters = {
        "query": "query A { __typename } query B($n: String!) { tags(text: $n) { id } }",
        "variables": '{"n": "x"}',
        "operationName": "B",
    }
    assert client.http.get("/graphql", params=parameters).json() == {"data": {"tags": []}}


def _long_body() -> Iterator[bytes]:
    for _ in range(30):
        yield b" " * 100_000


@pytest.mark.parametrize("is_announced", [True, False])
def test_a_json_body_has_an_end(client: Client, is_announced: bool) -> None:
    content = b"".join(_long_body()) if is_announced else _long_body()
    response = client.http.post("/graphql", content=content, headers={"Content-Type": JSON})
    assert response.status_code == 413
    _assert_error(response, "PAYLOAD_TOO_LARGE", "2 MiB")


def test_a_multipart_body_may_be_longer(client: Client) -> None:
    picture = encode(drawn(20, (1200, 900)), "BMP")
    assert len(picture) > 3 * 2**20
    (result,) = client.upload([("large.bmp", picture)])
    assert result["__typename"] in ("UploadedMedia", "RejectedUpload")  # read to its end, whatever becomes of it


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/graphql-response+json", "application/graphql-response+json"),
        ("application/graphql-response+json, application/json;q=0.9", "application/graphql-response+json"),
        ("application/graphql-response+json;q=0.5, application/json", JSON),
        ("application/graphql-response+json;q=0", JSON),
        ("application/graphql-response+json;q=x", JSON),
        ("application/json, text/event-stream", JSON),
        ("*/*", JSON),
        ("text/html", JSON),
        ("", JSON),
    ],
)
def test_the_answer_is_what_the_client_prefers(server: Server, accept: str, content_type: str) -> None:
    for query, status in (("{ __typename }", 200), ("{ nothing }", 400), ("{", 400)):
        response = httpx.post(f"{server.url}/graphql", json={"query": query}, headers={"Accept": accept})
        assert response.headers["content-type"] == f"{content_type}; charset=utf-8"
        assert response.status_code == (status if content_type != JSON else 200)
        assert ("data" in response.json()) == (status == 200)


def test_an_error_of_a_field_leaves_the_others_their_data(server: Server) -> None:
    query = '{ session { isRequired } tag(name: "x") { id } media(first: 0) { totalCount } }'
    headers = {"Accept": "application/graphql-response+json"}
    response = httpx.post(f"{server.url}/graphql", json={"query": query}, headers=headers)
    assert response.status_code == 200
    assert response.json()["data"] is None
    assert response.json()["errors"][0]["path"] == ["media"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
    ],
)
def test_a_foreign_page_changes_nothing(server: Server, headers: dict[str, str]) -> None:
    operations = {"operations": json.dumps({"query": UPLOAD, "variables": {"files": []}}), "map": "{}"}
    for response in (
        httpx.post(f"{server.url}/graphql", json={"query": MUTATION}, headers=headers),
        httpx.post(f"{server.url}/graphql", data=operations, files={"0": b"x"}, headers=headers),
        httpx.post(f"{server.url}/graphql", data={"query": MUTATION}, headers=headers),
    ):
        assert response.status_code == 403
        _assert_error(response, "BAD_USER_INPUT", "another site")
    assert server.client.run("{ folders { id } }") == {"folders": []}
