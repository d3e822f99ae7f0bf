"""Subscriptions, run once for all who ask the same.

What an event comes to is the same for everyone with the same document, variables and session: one task of theirs finds
it out, encodes it, and puts it into the bounded queue that each client has, so that none waits for another. Only what a
client missed before it came back is its own.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Hashable
from contextlib import aclosing
from inspect import isawaitable
from typing import Any, NamedTuple, Protocol, cast
from weakref import WeakValueDictionary

import orjson
from graphql import (
    ExecutionResult,
    FieldNode,
    GraphQLError,
    Node,
    VariableNode,
    Visitor,
    visit,
)
from graphql.execution import create_source_event_stream

from gallerynet.core.events import Event, Waiting, resync
from gallerynet.resolvers.context import Context
from gallerynet.resolvers.events import LibraryEvents
from gallerynet.resolvers.once import Once
from gallerynet.schema.executor import Executor

KEPT_FRAMES = 1_000

Variables = dict[str, object]


class Frame(NamedTuple):
    """One message to a client: of the protocol's types, ``next`` or ``error``; its payload in JSON."""

    type: str
    payload: str


class _Group:
    """Those who ask the same."""

    def __init__(self) -> None:
        self.members: set[Waiting[tuple[int, Frame]]] = set()  # each frame with its event's cursor
        self.leader: asyncio.Task[None] | None = None  # while there are members


class WatchedSchema(Protocol):
    async def prepare_subscription(
        self, query: str, variables: Variables | None, operation_name: str | None, context: Context
    ) -> Executor | list[GraphQLError]: ...

    def process_errors(self, errors: list[GraphQLError]) -> None: ...


class Watching:
    def __init__(self, schema: WatchedSchema) -> None:
        self._schema = schema
        self._frames: Once[Frame | None] = Once(KEPT_FRAMES)
        self._groups: WeakValueDictionary[Hashable, _Group] = WeakValueDictionary()

    async def frames(
        self, query: str, variables: Variables | None, operation_name: str | None, context: Context
    ) -> AsyncGenerator[Frame, None]:
        executor = await self._schema.prepare_subscription(query, variables, operation_name, context)
        if isinstance(executor, list):
            yield self._error(executor)
            return
        stream = create_source_event_stream(executor)
        source = await stream if isawaitable(stream) else stream
        if isinstance(source, ExecutionResult):
            yield self._error(source.errors or [])
            return
        if not isinstance(source, LibraryEvents):
            async with aclosing(self._own(executor, source)) as frames:
                async for frame in frames:
                    yield frame
            return
        same = (query, operation_name, _below_root(executor, variables or {}), context.viewer)
        group = self._groups.setdefault(same, _Group())
        waiting = self._join(group, executor, source)
        try:
            missed, start = await source.catch_up()
            for event in missed:
                if (told := await self._frame(group, executor, source, event)) is not None:
                    yield told
            async for batch in waiting:
                for cursor, frame in batch:
                    if cursor > start:
                        yield frame
        finally:
            waiting.close()

    async def _own(self, executor: Executor, source: AsyncIterable[Any]) -> AsyncGenerator[Frame, None]:
        try:
            async for event in source:
                yield await self._run(executor, event)
        except Exception as error:  # of a resolver: the outermost place that knows whose it is
            yield self._failed(error)
        finally:
            close = getattr(source, "aclose", None)
            if close is not None:
                await close()

    def _join(self, group: _Group, executor: Executor, source: LibraryEvents) -> Waiting[tuple[int, Frame]]:
        def leave(member: Waiting[tuple[int, Frame]]) -> None:
            group.members.discard(member)
            if not group.members and group.leader is not None:
                group.leader.cancel()
                group.leader = None

        if group.leader is None:
            events = source.feed.subscribe()
            group.leader = asyncio.create_task(self._lead(group, executor, source, events))
            group.leader.add_done_callback(lambda _: events.close())
        waiting: Waiting[tuple[int, Frame]] = Waiting(leave)
        group.members.add(waiting)
        return waiting

    async def _lead(
        self, group: _Group, executor: Executor, source: LibraryEvents, subscription: Waiting[Event]
    ) -> None:
        """Fills the queues of all members until the last has left or the server stops."""
        async for events in subscription:
            told = [(event.cursor, await self._frame(group, executor, source, event)) for event in events]
            frames = [(cursor, frame) for cursor, frame in told if frame is not None]
            for member in list(group.members):
                if not member.offer(frames):
                    lost = await self._frame(group, executor, source, resync(events[-1]))
                    member.replace((events[-1].cursor, cast("Frame", lost)))
        for member in list(group.members):
            member.close()

    async def _frame(self, group: _Group, executor: Executor, source: LibraryEvents, event: Event) -> Frame | None:
        """None where there is nothing to tell."""

        async def make() -> Frame | None:
            try:
                told = await source.tell(event)
            except Exception as error:  # as above
                return self._failed(error)
            return None if told is None else await self._run(executor, told)

        return await self._frames.get((group, event.cursor, event.kind), make)

    async def _run(self, executor: Executor, event: Any) -> Frame:
        result = executor.build_per_event_executor(event).execute_operation(False)
        return self._next(await result if isawaitable(result) else result)  # type: ignore[arg-type]

    def _next(self, result: ExecutionResult) -> Frame:
        payload: dict[str, Any] = {"data": result.data}
        if result.errors:
            self._schema.process_errors(result.errors)
            payload["errors"] = [error.formatted for error in result.errors]
        return Frame("next", orjson.dumps(payload).decode())

    def _failed(self, error: Exception) -> Frame:
        return self._next(ExecutionResult(None, [GraphQLError(str(error), original_error=error)]))

    def _error(self, errors: list[GraphQLError]) -> Frame:
        self._schema.process_errors(errors)
        return Frame("error", orjson.dumps([error.formatted for error in errors]).decode())


def _below_root(executor: Executor, variables: Variables) -> bytes:
    """The variables that answers depend on. The root's arguments only say which events come."""
    names: set[str] = set()

    class Collect(Visitor):
        def enter_variable(self, node: VariableNode, *_: object) -> None:
            names.add(node.name.value)

    parts: list[Node] = [*executor.fragment_definitions.values(), *(executor.operation.directives or ())]
    for selection in executor.operation.selection_set.selections:
        parts += selection.directives or ()
        if isinstance(selection, FieldNode):
            parts += [selection.selection_set] if selection.selection_set else []
        else:
            parts.append(selection)
    for part in parts:
        visit(part, Collect())
    return orjson.dumps({name: variables[name] for name in names if name in variables}, option=orjson.OPT_SORT_KEYS)
