"""Every way to fail has its code, and only what nobody expected is logged."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator

import pytest
import strawberry
from graphql import GraphQLError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from gallerynet.core import errors
from gallerynet.core.errors import GalleryError
from gallerynet.resolvers.errors import INTERNAL, TOO_COMPLEX, present
from gallerynet.schema.build import Schema
from tests.server import Server

PROMISED = {
    "UNAUTHENTICATED",
    "BAD_USER_INPUT",
    "NOT_FOUND",
    "CONFLICT",
    "RATE_LIMITED",
    "PAYLOAD_TOO_LARGE",
    "UNSUPPORTED_MEDIA",
    "QUERY_TOO_COMPLEX",
    "UNAVAILABLE",
}
KINDS = {kind.__name__: kind for kind in GalleryError.__subclasses__()}


@strawberry.type
class _Query:
    @strawberry.field
    def fail(self, kind: str) -> str:
        raise KINDS[kind]("A sentence.") if kind in KINDS else RuntimeError("/secret/path")


@strawberry.type
class _Subscription:
    @strawberry.subscription
    async def fail(self, kind: str) -> AsyncGenerator[str, None]:
        yield "first"
        raise KINDS[kind]("A sentence.") if kind in KINDS else RuntimeError("/secret/path")


SCHEMA = Schema(query=_Query, subscription=_Subscription)


async def _error(root: str, kind: str) -> GraphQLError:
    document = f'{root} {{ fail(kind: "{kind}") }}'
    if root == "query":
        result = await SCHEMA.execute(document)
    else:
        *_, result = [result async for result in await SCHEMA.subscribe(document)]
    assert result.errors
    return result.errors[0]


def test_the_codes_are_those_of_the_contract() -> None:
    assert {kind.code for kind in KINDS.values()} | {TOO_COMPLEX} == PROMISED
    assert all(kind.__name__ in (errors.__doc__ or "") for kind in KINDS.values())


@pytest.mark.parametrize("root", ["query", "subscription"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_expected_failure_has_its_code_and_is_not_logged(
    root: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    error = asyncio.run(_error(root, kind))
    assert error.message == "A sentence."
    assert error.extensions == {"code": KINDS[kind].code}
    assert caplog.records == []


@pytest.mark.parametrize("root", ["query", "subscription"])
def test_what_nobody_expected_is_told_to_the_log_alone(root: str, caplog: pytest.LogCaptureFixture) -> None:
    error = asyncio.run(_error(root, "unknown"))
    assert "secret" not in json.dumps(error.formatted)
    assert error.extensions is not None
    assert error.extensions["code"] == INTERNAL
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert error.extensions["reference"] in record.getMessage()
    assert "/secret/path" in caplog.text


def test_presenting_twice_changes_nothing() -> None:
    """Errors of a cached document are presented with each request."""
    error = GraphQLError("A limit.", extensions={"code": TOO_COMPLEX})
    present(error)
    present(error)
    assert error.formatted == {"message": "A limit.", "extensions": {"code": TOO_COMPLEX}}


async def _socket(server: Server) -> ClientConnection:
    url = f"{server.url.replace('http', 'ws')}/graphql"
    return await connect(url, subprotocols=["graphql-transport-ws"])  # type: ignore[list-item]


@pytest.mark.parametrize(
    "message",
    [
        "{",
        "[]",
        "5",
        "null",
        "{}",
        '{"type": 5}',
        '{"type": "subscribe"}',
        '{"type": "subscribe", "id": {}, "payload": {"query": "x"}}',
        '{"type": "subscribe", "id": "1", "payload": []}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 5}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "x", "variables": []}}',
        '{"type": "complete", "id": []}',
        '{"type": "start"}',
        b"{}",
    ],
)
def test_a_malformed_message_closes_the_socket_with_a_reason(server: Server, message: str | bytes) -> None:
    async def close_code() -> tuple[int, str]:
        async with await _socket(server) as socket:
            await socket.send('{"type": "connection_init"}')
            assert json.loads(await socket.recv())["type"] == "connection_ack"
            await socket.send(message)
            with pytest.raises(ConnectionClosed) as closed:
                await socket.recv()
        received = closed.value.rcvd
        assert received is not None
        return received.code, received.reason

    code, reason = asyncio.run(asyncio.wait_for(close_code(), 20))
    assert code == 4400
    assert reason


def test_a_connection_has_so_many_subscriptions(server: Server) -> None:
    async def last_answer() -> dict[str, object]:
        async with await _socket(server) as socket:
            await socket.send('{"type": "connection_init"}')
            await socket.recv()
            for number in range(101):
                payload = {"query": "subscription { libraryEvents { cursor } }"}
                await socket.send(json.dumps({"type": "subscribe", "id": str(number), "payload": payload}))
            answer: dict[str, object] = json.loads(await socket.recv())
            return answer

    answer = asyncio.run(asyncio.wait_for(last_answer(), 20))
    assert answer["type"] == "error"
    assert answer["id"] == "100"
    assert answer["payload"][0]["extensions"] == {"code": "RATE_LIMITED"}  # type: ignore[index]
