"""What many wait for and is made once."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

V = TypeVar("V")


class Once(Generic[V]):
    """Keeps the latest results; one that was let go, or failed, is made anew."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._tasks: OrderedDict[Hashable, asyncio.Task[V]] = OrderedDict()

    async def get(self, key: Hashable, make: Callable[[], Coroutine[Any, Any, V]]) -> V:
        if key not in self._tasks:
            task = asyncio.create_task(make())
            task.add_done_callback(lambda done: self._forget_failed(key, done))
            self._tasks[key] = task
            if len(self._tasks) > self._size:
                self._tasks.popitem(last=False)
        task = self._tasks[key]
        # Whoever waits may go away: the others still want it.
        return task.result() if task.done() else await asyncio.shield(task)

    def _forget_failed(self, key: Hashable, task: asyncio.Task[V]) -> None:
        if task.cancelled() or task.exception() is not None:
            self._tasks.pop(key, None)
