"""What browsers use to talk to us."""

from typing import Any

from tests.conformance.conftest import Script


def _is_event(answer: dict[str, Any]) -> bool:
    event = answer["data"]["libraryEvents"]
    return bool(event["__typename"] == "FolderChanged" and event["cursor"].isdigit())


def _is_upload(answer: dict[str, Any]) -> bool:
    (result,) = answer["data"]["uploadMedia"]
    return bool(result["__typename"] == "UploadedMedia" and result["filename"] == "sent.jpg")


def test_graphql_ws(run_script: Script) -> None:
    """One connection carries all of these: no wrong operation ends the subscription beside it."""
    found = run_script("graphql-ws.mjs")
    assert _is_event(found["event"])
    assert _is_event(found["next"])
    assert found["closed"] is None
    for name, code, sentence in (
        ("query", "BAD_USER_INPUT", "Only subscriptions"),
        ("syntax", "BAD_USER_INPUT", "Syntax Error"),
        ("unknown", "BAD_USER_INPUT", "nothing"),
        ("tooLong", "QUERY_TOO_COMPLEX", "tokens"),
    ):
        (error,) = found[name]
        assert error["extensions"]["code"] == code
        assert sentence in error["message"]
    (error,) = found["refused"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


def test_graphql_sse(run_script: Script) -> None:
    found = run_script("graphql-sse.mjs")
    assert _is_event(found["event"])
    assert found["query"] == {"data": {"session": {"isAuthenticated": True}}}
    for name in ("syntax", "unknown"):
        assert [error["extensions"]["code"] for error in found[name]["errors"]] == ["BAD_USER_INPUT"]


def test_urql(run_script: Script) -> None:
    found = run_script("urql.mjs", seed=501)
    assert found["query"]["data"] == {"session": {"isAuthenticated": True}}
    assert _is_upload(found["upload"])
    assert _is_event(found["event"])
    assert _is_event(found["eventOverHttp"])
    # It would take an event stream for every answer: it gets one for the subscription alone.
    assert [text.partition(";")[0] for text in found["types"]] == [
        "application/graphql-response+json",
        "application/graphql-response+json",
        "text/event-stream",
    ]


def test_apollo(run_script: Script) -> None:
    """Uploads by apollo-upload-client, subscriptions by multipart over HTTP."""
    found = run_script("apollo.mjs", seed=502)
    assert found["query"]["data"]["session"]["isAuthenticated"]
    assert _is_upload(found["upload"])
    assert _is_event(found["event"])
