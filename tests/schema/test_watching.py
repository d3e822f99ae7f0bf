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
from gallerynet.resolvers.events import library_events
from gallerynet.schema import schema
from gallerynet.schema.build import Schema
from gallerynet.schema.fields import watched_by
from gallerynet.schema.watching import Frame, Watching

EVENTS = "subscription { libraryEvents { __typename cursor ... on FolderChanged { folder { name } } } }"
# From the beginning: what happens while a subscriber is still on its way is not missed.
FROM_START = EVENTS.replace("libraryEvents", 'libraryEvents(after: "0")')


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
    """Lets every task reach the place where it waits for events, a look into the database included."""
    await asyncio.sleep(0.5)


def test_every_subscriber_gets_every_event_in_order(library: Library, services: Services) -> None:
    async def work() -> None:
        watching = Watching(schema)
        takers = [
            asyncio.create_task(_take(watching.frames(FROM_START, None, None, _context(services)), 20))
            for _ in range(50)
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
        slow = watching.frames(FROM_START, None, None, _context(services))
        fast = asyncio.create_task(_take(watching.frames(FROM_START, None, None, _context(services)), count))
        first = asyncio.ensure_future(anext(slow))
        await _subscribed()
        for number in range(count):
            await asyncio.to_thread(library.folders.create, f"{number}")
        assert [event["folder"]["name"] for event in await fast] == [str(number) for number in range(count)]
        assert json.loads((await first).payload)["data"]["libraryEvents"]["folder"]["name"] == "0"
        # The changes that came together with the first are in its hands already.
        behind = 0
        async with aclosing(slow):
            while json.loads((await anext(slow)).payload)["data"]["libraryEvents"]["__typename"] != "ResyncRequired":
                behind += 1
        assert behind < QUEUE_LENGTH

    _run(library, work())


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
    library_events: AsyncGenerator[_Answer, None] = watched_by(library_events, description="As in the schema.")


CALLS: list[str] = []
TELLING = Schema(query=_Query, subscription=_Subscription)


def _viewer(label: str) -> Viewer:
    return Viewer(True, Session(new_id(), SessionKind.BROWSER, label, "2024-01-15T13:45:30Z", None))  # type: ignore[arg-type]


def test_variables_and_viewers_are_never_mixed(library: Library, services: Services) -> None:
    document = "subscription($a: String, $word: String!) { libraryEvents(after: $a) { told(word: $word) } }"
    ada, ben = _viewer("Ada"), _viewer("Ben")

    async def told(watching: Watching, viewer: Viewer, count: int, **variables: Any) -> list[str]:
        frames = watching.frames(document, variables, None, _context(services, viewer))
        return [event["told"] for event in await _take(frames, count)]

    async def work() -> None:
        watching = Watching(TELLING)
        for name in ("one", "two"):
            await asyncio.to_thread(library.folders.create, name)
        asked = [(ada, 3, "a", "0"), (ada, 3, "a", "0"), (ada, 3, "b", "0"), (ben, 3, "a", "0"), (ada, 2, "a", "1")]
        answers = asyncio.gather(
            *(told(watching, viewer, count, word=word, a=after) for viewer, count, word, after in asked)
        )
        await _subscribed()
        await asyncio.to_thread(library.folders.create, "three")
        assert await answers == [
            ["a for Ada"] * 3,
            ["a for Ada"] * 3,
            ["b for Ada"] * 3,
            ["a for Ben"] * 3,
            ["a for Ada"] * 2,
        ]

    CALLS.clear()
    _run(library, work())
    assert sorted(CALLS) == ["a"] * 6 + ["b"] * 3  # where one came in does not matter for what it is told


def test_who_comes_later_and_who_goes_first_change_nothing_for_the_others(library: Library, services: Services) -> None:
    async def work() -> None:
        watching = Watching(schema)
        leaver = asyncio.create_task(_take(watching.frames(EVENTS, None, None, _context(services)), 1))
        stayer = asyncio.create_task(_take(watching.frames(EVENTS, None, None, _context(services)), 3))
        await asyncio.sleep(0.1)
        await asyncio.to_thread(library.folders.create, "0")
        assert len(await leaver) == 1
        late = asyncio.create_task(_take(watching.frames(EVENTS, {"a": "0"}, None, _context(services)), 2))
        resumed = asyncio.create_task(_take(watching.frames(FROM_START, None, None, _context(services)), 3))
        await asyncio.sleep(0.1)
        for name in ("1", "2"):
            await asyncio.to_thread(library.folders.create, name)
        names = [[event["folder"]["name"] for event in await taken] for taken in (stayer, late, resumed)]
        assert names == [["0", "1", "2"], ["1", "2"], ["0", "1", "2"]]

    _run(library, work())


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
        (frame,) = await frames(EVENTS.replace("libraryEvents", 'libraryEvents(after: "x")'), me)
        assert (frame.type, _codes(json.loads(frame.payload))) == ("error", ["BAD_USER_INPUT"])
        (frame,) = await frames(EVENTS, stranger)
        assert (frame.type, _codes(json.loads(frame.payload))) == ("error", ["UNAUTHENTICATED"])
        unknown = 'subscription { jobProgress(id: "019a0000-0000-7000-8000-000000000000") { id } }'
        (frame,) = await frames(unknown, me)
        assert (frame.type, _codes(json.loads(frame.payload)["errors"])) == ("next", ["NOT_FOUND"])

    asyncio.run(work())


def _codes(errors: list[dict[str, Any]]) -> list[str]:
    return [error["extensions"]["code"] for error in errors]
