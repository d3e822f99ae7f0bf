"""Tells subscribers how jobs go, whichever process runs them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from gallerynet.core.ids import Id
from gallerynet.core.jobs import UNFINISHED, Job, Jobs

POLL_SECONDS = 1.0  # for jobs of other processes


class JobFeed:
    """Hands changes of jobs to subscribers; one that is slow sees the latest, not each."""

    def __init__(self, runner: Jobs) -> None:
        self._runner = runner
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._waiting: list[tuple[dict[Id, Job], asyncio.Event]] = []
        runner.on_change(self._on_change)

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._follow())

    def stop(self) -> None:
        self._loop = None
        if self._task is not None:
            self._task.cancel()

    async def subscribe(self, identity: Id | None) -> AsyncIterator[Job]:
        """The jobs that run or wait now, then each change; with an id, that job until it ends. Raises NotFound."""
        latest: dict[Id, Job] = {}
        ready = asyncio.Event()
        entry = (latest, ready)
        self._waiting.append(entry)
        try:
            if identity is None:
                first = await asyncio.to_thread(self._runner.all, UNFINISHED)
            else:
                first = [await asyncio.to_thread(self._runner.find, identity)]
            for job in first:
                latest.setdefault(job.id, job)
            while True:
                for job in list(latest.values()):
                    if identity in (None, job.id):
                        yield job
                        if identity is not None and job.is_finished:
                            return
                    if latest.get(job.id) is job:
                        del latest[job.id]
                if not latest:
                    ready.clear()
                    await ready.wait()
        finally:
            self._waiting.remove(entry)

    async def _follow(self) -> None:
        """Learns of jobs that other processes run."""
        while True:
            await asyncio.sleep(POLL_SECONDS)
            await asyncio.to_thread(self._runner.look_elsewhere)

    def _on_change(self, job: Job) -> None:
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # the loop has just closed: nobody listens any more
                loop.call_soon_threadsafe(self._offer, job)

    def _offer(self, job: Job) -> None:
        for latest, ready in self._waiting:
            latest[job.id] = job
            ready.set()
