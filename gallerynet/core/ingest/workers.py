"""Processes that decode: one that hangs, swells or dies takes only its own file with it."""

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from gallerynet.core.errors import Unavailable, UnsupportedMedia

WALL_SECONDS = 60
CPU_SECONDS = 45  # on all cores together
MEMORY_BYTES = 3 * 2**30
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
        self._pool = ProcessPool(
            max_workers=self.size,
            max_tasks=TASKS_PER_WORKER,
            initializer=_limit,
            context=multiprocessing.get_context("spawn"),
        )

    def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Calls ``function`` in a worker and waits for its answer; blocks while all are busy.

        Raises what it raises, and UnsupportedMedia where the file killed its worker or took too long.
        """
        try:
            task: Any = self._pool.schedule(
                _run, args=(self._cpu_seconds, function, args, kwargs), timeout=self._wall_seconds
            )
        except RuntimeError as error:
            raise Unavailable("The server is shutting down. Try again once it is back.") from error
        try:
            answer: T = task.result()
        except FutureTimeout as error:
            raise UnsupportedMedia(TOO_LONG) from error
        except ProcessExpired as error:
            if error.exitcode == -signal.SIGXCPU:
                raise UnsupportedMedia(TOO_LONG) from error
            raise UnsupportedMedia(
                "The file made its decoder fail: it is damaged, or needs too much memory."
            ) from error
        return answer

    def close(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]  # Pebble types all but this
        self._pool.join()


def _run(cpu_seconds: int, function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + cpu_seconds, resource.RLIM_INFINITY))  # SIGXCPU ends us there
    return function(*args, **kwargs)


def _limit() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which then ends us
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what libraries write there of a damaged file is no news to a log
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
