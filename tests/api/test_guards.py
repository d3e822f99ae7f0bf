"""A gallery with a password tells strangers nothing: no field of any root, no schema, no hint at what it might be."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    build_schema,
    get_introspection_query,
    get_named_type,
    is_leaf_type,
)
from graphql.pyutils import Undefined
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from gallerynet.schema import schema
from tests.pictures import drawn, encode
from tests.server import Client, GraphQLErrors, Server

OPEN = {"session", "login"}
SCALARS = {
    "ID": '"00000000-0000-4000-8000-000000000000"',
    "String": '"x"',
    "Int": "1",
    "Float": "50",
    "Boolean": "true",
    "DateTime": '"2024-01-15T13:45:30Z"',
    "ByteCount": "1",
}
UPLOAD = "Upload"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("guarded")
    server = Server(folder, GALLERY_PASSWORD="secret")  # noqa: S106 - of this test
    yield server
    assert server.stop() == 0
    assert (folder / "stderr.log").read_text() == ""


def _operations() -> list[tuple[str, str, str]]:
    """Each field of the three roots: which root, its name, and an operation that asks for it."""
    core = build_schema(schema.as_str())
    roots = {"query": core.query_type, "mutation": core.mutation_type, "subscription": core.subscription_type}
    return [
        (kind, name, f"{kind} {{ {_call(name, field)} }}")
        for kind, root in roots.items()
        if root is not None
        for name, field in root.fields.items()
    ]


def _call(name: str, field: GraphQLField) -> str:
    given = [f"{key}: {_value(argument.type)}" for key, argument in field.args.items() if _is_needed(argument)]
    arguments = f"({', '.join(given)})" if given else ""
    selection = "" if is_leaf_type(get_named_type(field.type)) else " { __typename }"
    return f"{name}{arguments}{selection}"


def _is_needed(argument: GraphQLArgument) -> bool:
    return isinstance(argument.type, GraphQLNonNull) and argument.default_value is Undefined


def _value(kind: GraphQLInputType) -> str:
    if isinstance(kind, GraphQLNonNull):
        return _value(kind.of_type)
    if isinstance(kind, GraphQLList):
        # Nobody has a file to send here: strangers' multipart requests are not even read.
        return "[]" if get_named_type(kind).name == UPLOAD else f"[{_value(kind.of_type)}]"
    if isinstance(kind, GraphQLEnumType):
        return str(next(iter(kind.values)))
    if isinstance(kind, GraphQLInputObjectType):
        needed = {key: field for key, field in kind.fields.items() if isinstance(field.type, GraphQLNonNull)}
        if kind.is_one_of:
            needed = dict([next(iter(kind.fields.items()))])
        return "{" + ", ".join(f"{key}: {_value(field.type)}" for key, field in needed.items()) + "}"
    assert isinstance(kind, GraphQLScalarType)
    return SCALARS[kind.name]


@pytest.mark.parametrize(("kind", "name", "operation"), _operations())
def test_a_stranger_gets_nothing(guarded: Server, kind: str, name: str, operation: str) -> None:
    accept = "text/event-stream" if kind == "subscription" else "application/json"
    headers = {"Accept": accept, "X-Requested-With": "tests"}
    text = httpx.post(f"{guarded.url}/graphql", json={"query": operation}, headers=headers).text
    answer = json.loads(text.split("data: ")[1].splitlines()[0] if kind == "subscription" else text)
    if name in OPEN:
        code = "UNAUTHENTICATED" if name == "login" else None  # a wrong password
        assert [error["extensions"]["code"] for error in answer.get("errors", [])] == ([code] if code else [])
    else:
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAUTHENTICATED"], operation
        assert not any((answer.get("data") or {}).values())


def test_a_stranger_uploads_nothing_and_reads_no_schema(guarded: Server) -> None:
    with Client(guarded.url) as stranger:
        for ask in (
            lambda: stranger.upload([("x.jpg", encode(drawn(1)))]),
            lambda: stranger.run(get_introspection_query()),
            lambda: stranger.run('{ __type(name: "Media") { name } }'),
        ):
            with pytest.raises(GraphQLErrors) as caught:
                ask()
            assert caught.value.code == "UNAUTHENTICATED"
        assert stranger.run("{ __typename }") == {"__typename": "Query"}


def test_introspection_is_for_those_who_are_logged_in(guarded: Server) -> None:
    with Client(guarded.url) as owner:
        owner.run('mutation { login(password: "secret") { session { isRequired } } }')
        assert owner.run(get_introspection_query())["__schema"]["queryType"]["name"] == "Query"


def test_no_error_says_what_was_meant(guarded: Server) -> None:
    """Whatever is written a little wrong, the answer does not write it right."""
    core = build_schema(schema.as_str())
    with Client(guarded.url) as stranger:
        for root in (core.query_type, core.mutation_type, core.subscription_type):
            assert isinstance(root, GraphQLObjectType)
            kind = root.name.lower()
            for name, field in root.fields.items():
                wrong = [(f"{kind} {{ {name}x }}", name), (f"{kind} {{ {name} {{ idd namee kindd }} }}", "")]
                wrong += [(f"{kind} {{ {name}({key}x: 1) {{ __typename }} }}", key) for key in field.args]
                for query, right in wrong:
                    _assert_no_hint(stranger, query, right)
        for query, variables in (
            ("{ media(sort: { feld: DATE }) { totalCount } }", {}),
            ("{ media(sort: { field: DAT }) { totalCount } }", {}),
            ("query($s: MediaSort) { media(sort: $s) { totalCount } }", {"s": {"feld": "DATE"}}),
            ("query($s: MediaSort) { media(sort: $s) { totalCount } }", {"s": {"field": "DAT"}}),
            ("query($s: MediaSot) { media(sort: $s) { totalCount } }", {}),
            ("{ media { nodes { ... on Medai { id } } } }", {}),
            ("{ session { isRequired @inclde(if: true) } }", {}),
        ):
            _assert_no_hint(stranger, query, "", **variables)


def _assert_no_hint(stranger: Client, query: str, right: str, **variables: Any) -> None:
    with pytest.raises(GraphQLErrors) as caught:
        stranger.run(query, **variables)
    for error in caught.value.errors:
        assert "Did you mean" not in error["message"]
        assert not right or f"'{right}'" not in error["message"]


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1.evil.example", "https://127.0.0.1"]
)
def test_a_foreign_page_opens_no_socket(server: Server, origin: str) -> None:
    async def status() -> int:
        try:
            async with connect(f"{server.url.replace('http', 'ws')}/graphql", subprotocols=[WS], origin=origin):  # type: ignore[arg-type, list-item]
                return 101
        except InvalidStatus as error:
            return error.response.status_code

    assert asyncio.run(status()) == 403


WS = "graphql-transport-ws"


@pytest.mark.parametrize("protocol", ["graphql-ws", "soap"])
def test_other_protocols_are_not_spoken(server: Server, protocol: str) -> None:
    async def code() -> int | None:
        url = f"{server.url.replace('http', 'ws')}/graphql"
        async with connect(url, subprotocols=[protocol]) as socket:  # type: ignore[list-item]
            try:
                await socket.recv()
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else None
        return None

    assert asyncio.run(asyncio.wait_for(code(), 20)) == 4406
