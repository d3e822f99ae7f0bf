"""Events are found out once for all subscribers, and each still gets its own, all of them, in order."""

import asyncio
import json
from collections.abc import AsyncGenerator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from typing import Any

import pytest
import strawberry

from gallerynet.core.auth import Auth, Session, SessionKind
from gallerynet.core.events import QUEUE_LENGTH
from gallerynet.core.ids import new_id
from gallerynet.core.library import Library
from gallerynet.resolvers.context import Context, Services, Viewer
from gallerynet.schema import schema
from gallerynet.schema.build import Schema
from gallerynet.schema.watching import Frame, Watching

EVENTS = "subscription { libraryEvents { __typename cursor ... on FolderChanged { folder { name } } } }"


@pytest.fixture
def services(library: Library) -> Iterator[Services]:
    with ThreadPoolExecutor(1) as threads:
        yield Services(library, Auth(library.database, ""), threads)


def _context(services: Services, viewer: Viewer | None = None) -> Context:
    return Context(services, viewer or Viewer(True, None))


def _run(library: Library, work: Coroutine[Any, Any, None]) -> None:
    async def started() -> None:
        await library.events.start()
        try:
            await asyncio.wait_for(work, 60)
        finally:
            await library.events.stop()

    asyncio.run(started())


async def _take(frames: AsyncGenerator[Frame, None], count: int) -> list[dict[str, Any]]:
    async with aclosing(frames):
        return [json.loads((await anext(frames)).payload)["data"]["libraryEvents"] for _ in range(count)]


async def _subscribed() -> None:
    """Lets every task reach the place where it waits for events."""
    for _ in range(50):
        await asyncio.sleep(0)


def test_every_subscriber_gets_every_event_in_order(library: Library, services: Services) -> None:
    async def work() -> None:
        watching = Watching(schema)
        takers = [
            asyncio.create_task(_take(watching.frames(EVENTS, None, None, _context(services)), 20)) for _ in range(50)
        ]
        await _subscribed()
        for number in range(20):
            await asyncio.to_thread(library.folders.create, f"{number}")
        for events in await asyncio.gather(*takers):
            assert [event["folder"]["name"] for event in events] == [str(number) for number in range(20)]

    _run(library, work())


def test_a_slow_subscriber_holds_up_nobody_and_is_told_to_fetch_anew(library: Library, services: Services) -> None:
    count = QUEUE_LENGTH + 50

    async def work() -> None:
        watching = Watching(schema)
        slow = watching.frames(EVENTS, None, None, _context(services))
        fast = asyncio.create_task(_take(watching.frames(EVENTS, None, None, _context(services)), count))
        first = asyncio.ensure_future(anext(slow))
        await _subscribed()
        for number in range(count):
            await asyncio.to_thread(library.folders.create, f"{number}")
        assert [event["folder"]["name"] for event in await fast] == [str(number) for number in range(count)]
        assert json.loads((await first).payload)["data"]["libraryEvents"]["folder"]["name"] == "0"
        (told,) = await _take(slow, 1)
        assert told["__typename"] == "ResyncRequired"

    _run(library, work())


SOURCE = object()


@strawberry.type
class _Query:
    nothing: str | None = None


@strawberry.type
class _Answer:
    @strawberry.field
    def told(self, info: strawberry.Info[Context, Any], word: str = "") -> str:
        CALLS.append(word)
        return f"{word} for {info.context.viewer.session.label if info.context.viewer.session else 'everyone'}"


@strawberry.type
class _Subscription:
    @strawberry.subscription
    async def events(self, start: int = 0) -> AsyncGenerator[_Answer, None]:
        for event in SHARED[start:]:
            yield event


CALLS: list[str] = []
SHARED = [_Answer(), _Answer()]
TELLING = Schema(query=_Query, subscription=_Subscription)


def _viewer(label: str) -> Viewer:
    return Viewer(True, Session(new_id(), SessionKind.BROWSER, label, "2024-01-15T13:45:30Z", None))  # type: ignore[arg-type]


def test_variables_and_viewers_are_never_mixed(services: Services) -> None:
    document = "subscription($start: Int! = 0, $word: String!) { events(start: $start) { told(word: $word) } }"
    ada, ben = _viewer("Ada"), _viewer("Ben")

    async def told(watching: Watching, viewer: Viewer, **variables: Any) -> list[str]:
        frames = watching.frames(document, variables, None, _context(services, viewer))
        return [json.loads(frame.payload)["data"]["events"]["told"] async for frame in frames]

    async def work() -> None:
        watching = Watching(TELLING)
        asked = [(ada, "a", 0), (ada, "a", 0), (ada, "b", 0), (ben, "a", 0), (ada, "a", 1)]
        answers = await asyncio.gather(
            *(told(watching, viewer, word=word, start=start) for viewer, word, start in asked)
        )
        assert answers == [["a for Ada"] * 2, ["a for Ada"] * 2, ["b for Ada"] * 2, ["a for Ben"] * 2, ["a for Ada"]]

    CALLS.clear()
    asyncio.run(work())
    assert sorted(CALLS) == ["a"] * 4 + ["b"] * 2  # where one came in does not matter for what it is told


def test_what_is_refused_is_an_error_and_what_fails_on_the_way_a_result(services: Services) -> None:
    async def frames(query: str, viewer: Viewer, **variables: object) -> list[Frame]:
        watching = Watching(schema)
        return [frame async for frame in watching.frames(query, variables, None, _context(services, viewer))]

    async def work() -> None:
        me, stranger = Viewer(True, None), Viewer(False, None)
        for query in ("subscription {", "subscription { nothing }", "{ session { isRequired } }", ""):
            (frame,) = await frames(query, me)
            assert (frame.type, _codes(json.loads(frame.payload))) == ("error", ["BAD_USER_INPUT"])
        (frame,) = await frames("subscription($a: String!) { libraryEvents(after: $a) { cursor } }", me)
        assert (frame.type, _codes(json.loads(frame.payload))) == ("error", ["BAD_USER_INPUT"])
        (frame,) = await frames(EVENTS, stranger)
        assert (frame.type, _codes(json.loads(frame.payload)["errors"])) == ("next", ["UNAUTHENTICATED"])

    asyncio.run(work())


def _codes(errors: list[dict[str, Any]]) -> list[str]:
    return [error["extensions"]["code"] for error in errors]
