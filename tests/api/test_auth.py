"""A gallery with a password: nothing without it, everything with it, and an end to sessions."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from gql import Client as GqlClient
from gql import gql
from gql.transport.exceptions import TransportError
from gql.transport.websockets import WebsocketsTransport

from gallerynet.core.auth import FAILURE_WINDOW_SECONDS
from tests.pictures import drawn, encode
from tests.server import Client, GraphQLErrors, Server, stored_files

PASSWORD = "correct horse"  # noqa: S105 - of this test
SESSION = "session { isAuthenticated isRequired eventCursor }"
LOGIN = f"mutation($p: String!) {{ login(password: $p) {{ {SESSION} }} }}"


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path, GALLERY_PASSWORD=PASSWORD)
    yield server
    assert server.stop() == 0
    assert (tmp_path / "stderr.log").read_text() == ""


def _denied(client: Client, query: str) -> bool:
    with pytest.raises(GraphQLErrors) as caught:
        client.run(query)
    return {error["extensions"]["code"] for error in caught.value.errors} == {"UNAUTHENTICATED"}


def test_nothing_without_the_password(guarded: Server) -> None:
    with Client(guarded.url) as stranger:
        assert stranger.run(f"{{ {SESSION} }}")["session"] == {
            "isAuthenticated": False,
            "isRequired": True,
            "eventCursor": None,
        }
        for query in (
            "{ media { totalCount } }",
            "{ server { version } }",
            "{ tags { id } }",
            '{ node(id: "x") { id } }',
            '{ knownContent(hashes: ["x"]) { id } }',
            'mutation { createFolder(name: "x") { id } }',
            "mutation { emptyTrash { count } }",
            "mutation { logout { session { isRequired } } }",
        ):
            assert _denied(stranger, query)
        with pytest.raises(GraphQLErrors) as caught:
            stranger.upload([("x.jpg", encode(drawn(1)))])
        assert caught.value.code == "UNAUTHENTICATED"
        assert stored_files(guarded.uploads) == []
        identity = "0" * 32
        for path in (f"/originals/{identity}", f"/playback/{identity}", f"/thumbnails/{identity}/square"):
            assert stranger.http.get(path).status_code == 401
        assert stranger.http.get("/health").status_code == 200
        assert stranger.http.get("/").status_code != 401


def test_login_by_cookie_and_logout(guarded: Server) -> None:
    with Client(guarded.url) as browser:
        with pytest.raises(GraphQLErrors) as caught:
            browser.run(LOGIN, p="wrong")
        assert caught.value.code == "UNAUTHENTICATED"
        response = browser.http.post("/graphql", json={"query": LOGIN, "variables": {"p": PASSWORD}})
        cookie = response.headers["set-cookie"]
        given = response.json()["data"]["login"]["session"]
        assert given == browser.run(f"{{ {SESSION} }}")["session"]
        assert given["isAuthenticated"]
        assert int(given["eventCursor"]) >= 0
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert "Secure" not in cookie  # this is plain HTTP
        identity = browser.add("mine.jpg", encode(drawn(1)))
        assert browser.http.get(f"/originals/{identity}").status_code == 200
        guarded.client.close()
        guarded.process.terminate()
        assert guarded.process.wait(30) == 0
        guarded.restart()
        assert browser.run("{ media { totalCount } }")["media"]["totalCount"] == 1  # sessions survive
        browser.run("mutation { logout { session { isAuthenticated } } }")
        assert _denied(browser, "{ media { totalCount } }")


def test_logout_everywhere_ends_every_browser(guarded: Server) -> None:
    with Client(guarded.url) as one, Client(guarded.url) as other:
        for browser in (one, other):
            browser.run(LOGIN, p=PASSWORD)
        one.run("mutation { logout { session { isAuthenticated } } }")
        assert other.run("{ media { totalCount } }")
        one.run(LOGIN, p=PASSWORD)
        one.run("mutation { logout(everywhere: true) { session { isAuthenticated } } }")
        assert _denied(other, "{ media { totalCount } }")


def test_guessing_is_slowed_down(guarded: Server) -> None:
    with Client(guarded.url) as guesser:
        for _ in range(10):
            with pytest.raises(GraphQLErrors) as caught:
                guesser.run(LOGIN, p="wrong")
            assert caught.value.code == "UNAUTHENTICATED"
        with pytest.raises(GraphQLErrors) as caught:
            guesser.run(LOGIN, p=PASSWORD)
        assert caught.value.code == "RATE_LIMITED"
        wait = caught.value.errors[0]["extensions"]["retryAfter"]
        assert 0 < wait <= FAILURE_WINDOW_SECONDS
        assert f"in {wait} seconds" in caught.value.message
        forwarded = guesser.http.post(
            "/graphql", json={"query": LOGIN, "variables": {"p": PASSWORD}}, headers={"X-Forwarded-For": "10.1.2.3"}
        )
        assert forwarded.json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"  # no proxy is trusted


def test_a_new_password_ends_the_sessions_of_the_old(tmp_path: Path) -> None:
    server = Server(tmp_path, GALLERY_PASSWORD=PASSWORD)
    with Client(server.url) as browser:
        browser.run(LOGIN, p=PASSWORD)
        assert server.stop() == 0
        server._environment["GALLERY_PASSWORD"] = "another"  # noqa: S105, SLF001 - as an owner would
        server.restart()
        assert _denied(browser, "{ media { totalCount } }")
        assert server.stop() == 0


def _token(server: Server, *options: str) -> str:
    command = [sys.executable, "-m", "gallerynet", "token", *options]
    return subprocess.run(command, cwd=server.folder, check=True, capture_output=True, text=True).stdout.strip()


def test_a_bearer_token_works_until_it_is_revoked(guarded: Server) -> None:
    token = _token(guarded, "--label", "backup")
    headers = {"Authorization": f"Bearer {token}"}
    query = {"query": "{ media { totalCount } }"}
    assert "data" in httpx.post(f"{guarded.url}/graphql", json=query, headers=headers).json()
    listed = _token(guarded, "--list")
    assert "backup" in listed
    assert token not in listed
    _token(guarded, "--revoke", listed.split()[0])
    answer = httpx.post(f"{guarded.url}/graphql", json=query, headers=headers).json()
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def _watch(server: Server, cookie: str | None, token: str | None, then: object = None) -> str:
    transport = WebsocketsTransport(
        url=server.url.replace("http", "ws") + "/graphql",
        subprotocols=["graphql-transport-ws"],
        headers={"Cookie": cookie} if cookie else {},
        init_payload={"Authorization": f"Bearer {token}"} if token else {},
    )
    try:
        async with GqlClient(transport=transport) as session:
            if callable(then):
                asyncio.get_running_loop().call_later(0.3, lambda: asyncio.ensure_future(asyncio.to_thread(then)))
            async for _ in session.subscribe(gql("subscription { libraryEvents { cursor } }")):
                return "event"
    except TransportError as error:
        return repr(error.__cause__ or error)
    return "ended"


def test_sockets_need_a_session_and_end_with_it(guarded: Server) -> None:
    assert "4403" in asyncio.run(asyncio.wait_for(_watch(guarded, None, None), 20))
    with Client(guarded.url) as browser:
        browser.run(LOGIN, p=PASSWORD)
        cookie = f"gallery_session={browser.http.cookies['gallery_session']}"

        def change() -> None:
            browser.run('mutation { createFolder(name: "x") { id } }')

        def leave() -> None:
            browser.run("mutation { logout { session { isRequired } } }")

        assert asyncio.run(asyncio.wait_for(_watch(guarded, cookie, None, change), 20)) == "event"
        assert asyncio.run(asyncio.wait_for(_watch(guarded, None, _token(guarded), change), 20)) == "event"
        assert asyncio.run(asyncio.wait_for(_watch(guarded, cookie, None, leave), 20)) != "event"


def test_streams_over_http_end_with_the_session(guarded: Server) -> None:
    subscription = {"query": "subscription { libraryEvents { cursor } }"}
    with Client(guarded.url) as browser:
        for accept in ("text/event-stream", "multipart/mixed;subscriptionSpec=1.0"):
            browser.run(LOGIN, p=PASSWORD)
            headers = {"accept": accept, "cookie": f"gallery_session={browser.http.cookies['gallery_session']}"}
            with httpx.stream(
                "POST", f"{guarded.url}/graphql", json=subscription, headers=headers, timeout=20
            ) as response:
                assert response.status_code == 200
                pieces = response.iter_text()
                if "event-stream" in accept:
                    next(pieces)  # it has begun
                browser.run("mutation { logout { session { isRequired } } }")
                assert "cursor" not in "".join(pieces)  # and ends, where the tool would wait for the next heartbeat
