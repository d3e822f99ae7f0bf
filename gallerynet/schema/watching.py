"""Subscriptions, run once for all who ask the same.

Each client has a stream of events of its own, with its own place in it and a bounded queue, so that none waits for
another. What an event comes to is the same for everyone with the same document, variables and session: it is found
out and encoded once, for the first who gets there.
"""

from collections.abc import AsyncGenerator, AsyncIterable, Hashable
from inspect import isawaitable
from typing import Any, NamedTuple, Protocol
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

from gallerynet.resolvers.context import Context
from gallerynet.resolvers.once import Once
from gallerynet.schema.executor import Executor

KEPT_FRAMES = 1_000

Variables = dict[str, object]


class Frame(NamedTuple):
    """One message to a client: of the protocol's types, ``next`` or ``error``; its payload in JSON."""

    type: str
    payload: str


class _Group:
    """Those who ask the same; known by its identity, which is found sooner than what they ask."""


class WatchedSchema(Protocol):
    async def prepare_subscription(
        self, query: str, variables: Variables | None, operation_name: str | None, context: Context
    ) -> Executor | list[GraphQLError]: ...

    def process_errors(self, errors: list[GraphQLError]) -> None: ...


class Watching:
    def __init__(self, schema: WatchedSchema) -> None:
        self._schema = schema
        self._frames: Once[Frame] = Once(KEPT_FRAMES)
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
        same = (query, operation_name, _below_root(executor, variables or {}), context.viewer)
        group = self._groups.setdefault(same, _Group())
        async for frame in self._events(executor, source, group):
            yield frame

    async def _events(
        self, executor: Executor, source: AsyncIterable[Any], group: _Group
    ) -> AsyncGenerator[Frame, None]:
        try:
            async for event in source:
                yield await self._frames.get((group, id(event)), lambda event=event: self._run(executor, event), event)  # type: ignore[misc]
        except Exception as error:  # of a resolver: the outermost place that knows whose it is
            yield self._next(ExecutionResult(None, [GraphQLError(str(error), original_error=error)]))
        finally:
            close = getattr(source, "aclose", None)
            if close is not None:
                await close()

    async def _run(self, executor: Executor, event: Any) -> Frame:
        result = executor.build_per_event_executor(event).execute_operation(False)
        return self._next(await result if isawaitable(result) else result)  # type: ignore[arg-type]

    def _next(self, result: ExecutionResult) -> Frame:
        payload: dict[str, Any] = {"data": result.data}
        if result.errors:
            self._schema.process_errors(result.errors)
            payload["errors"] = [error.formatted for error in result.errors]
        return Frame("next", orjson.dumps(payload).decode())

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
