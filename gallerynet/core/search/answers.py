"""Answers that take time, kept until the library changes."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from gallerynet.core.database import Changes, Database

T = TypeVar("T")


class Answers(Generic[T]):
    """The latest answers to a few questions."""

    def __init__(self, database: Database, kept: int) -> None:
        self._kept = kept
        self._found: dict[Hashable, T] = {}
        self._version = 0
        self._lock = threading.Lock()
        database.on_commit(self._forget)

    def to(self, question: Hashable, compute: Callable[[], T]) -> T:
        with self._lock:
            version = self._version
            if question in self._found:
                return self._found[question]
        answer = compute()
        with self._lock:
            if version == self._version:
                while len(self._found) >= self._kept:
                    self._found.pop(next(iter(self._found)))
                self._found[question] = answer
        return answer

    @property
    def version(self) -> int:
        """Another number once the library has changed."""
        return self._version

    def _forget(self, changes: Changes) -> None:
        if changes.last_cursor is not None or changes.vectors or changes.removed_vectors:
            with self._lock:
                self._version += 1
                self._found.clear()
