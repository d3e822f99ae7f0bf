"""Processes that decode: one that hangs, swells or dies takes only its own file with it."""

import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from gallerynet.core.errors import Unavailable, UnsupportedMedia

WALL_SECONDS = 60
CPU_SECONDS = 45  # on all cores together
MEMORY_BYTES = 3 * 2**30
TRIES = 3  # of a file whose workers were killed from outside
TASKS_PER_WORKER = 2_000  # what decoders leak is given back by then

TOO_LONG = "The file took too long to decode, and was given up. Is it damaged, or very large?"

P = ParamSpec("P")
T = TypeVar("T")


class DecodeWorkers:
    """A few spawned processes under memory and time limits; the seconds are those of one file."""

    def __init__(
        self, workers: int | None = None, wall_seconds: int = WALL_SECONDS, cpu_seconds: int = CPU_SECONDS
    ) -> None:
        self._wall_seconds = wall_seconds
        self._cpu_seconds = cpu_seconds
        self.size = workers or max(1, min(8, os.cpu_count() or 1))
        self._lock = threading.Lock()
        self._is_closed = False
        self._pool = self._new_pool()

    def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Calls ``function`` in a worker and waits for its answer; blocks while all are busy.

        Raises what it raises, and UnsupportedMedia where the file killed its worker or took too long.
        """
        for _ in range(TRIES):
            pool = self._pool
            try:
                task: Any = pool.schedule(
                    _run, args=(self._cpu_seconds, function, args, kwargs), timeout=self._wall_seconds
                )
            except RuntimeError:
                self._replace(pool)
                continue
            try:
                answer: T = task.result()
            except BrokenProcessPool:
                self._replace(pool)
            except FutureTimeout as error:
                raise UnsupportedMedia(TOO_LONG) from error
            except ProcessExpired as error:
                if error.exitcode == -signal.SIGXCPU:
                    raise UnsupportedMedia(TOO_LONG) from error
                raise UnsupportedMedia(
                    "The file made its decoder fail: it is damaged, or needs too much memory."
                ) from error
            else:
                return answer
        raise Unavailable("The server's decoders end as soon as they start: is it out of memory? Try again later.")

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            _end(self._pool)

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self.size,
            max_tasks=TASKS_PER_WORKER,
            initializer=_limit,
            context=multiprocessing.get_context("spawn"),
        )

    def _replace(self, broken: ProcessPool) -> None:
        """Pebble gives up a pool of which a worker was killed while it had nothing to do: another takes its place.

        Raises Unavailable where it is closed instead.
        """
        with self._lock:
            if self._is_closed:
                raise Unavailable("The server is shutting down. Try again once it is back.")
            if self._pool is broken:
                _end(broken)
                self._pool = self._new_pool()


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]  # Pebble types all but this
    pool.join()


def _run(cpu_seconds: int, function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + cpu_seconds, resource.RLIM_INFINITY))  # SIGXCPU ends us there
    try:
        return function(*args, **kwargs)
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _limit() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which then ends us
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what libraries write there of a damaged file is no news to a log
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
