"""Work that takes a while, as rows: what it is, how far it got, how it ended.

A job is a row and a handler for its kind. One job of a kind runs at a time, the others of that kind wait. What a
restart interrupts is queued again: handlers start from what the library says is still to be done.
"""

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import sqlalchemy as sa

from gallerynet.core.clock import Clock, Timestamp, now
from gallerynet.core.database import Database, Transaction
from gallerynet.core.database.tables import jobs
from gallerynet.core.errors import Conflict, GalleryError, NotFound
from gallerynet.core.ids import Id, new_id

logger = logging.getLogger("gallerynet")

SECONDS_BETWEEN_REPORTS = 0.1
KEPT = 200  # finished jobs that are remembered


class JobKind(Enum):
    REPAIR = "REPAIR"
    AUTO_TAG = "AUTO_TAG"
    LEARN_TAG = "LEARN_TAG"
    IMPORT = "IMPORT"
    REEMBED = "REEMBED"
    DUPLICATE_SCAN = "DUPLICATE_SCAN"
    INTEGRITY_CHECK = "INTEGRITY_CHECK"
    PURGE_TRASH = "PURGE_TRASH"
    DEMO = "DEMO"


class JobState(Enum):
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Job:
    id: Id
    kind: JobKind
    state: JobState
    done: int
    total: int | None
    message: str | None
    created_at: Timestamp
    started_at: Timestamp | None
    finished_at: Timestamp | None
    error: str | None

    @property
    def is_finished(self) -> bool:
        return self.state not in UNFINISHED


class Cancelled(Exception):
    """Raised within a handler whose job the user ended."""


class Progress:
    """What a handler reports to. Each report is also where it can be cancelled."""

    def __init__(self, runner: "Jobs", job: Job, arguments: Mapping[str, Any], cancelled: threading.Event) -> None:
        self.arguments = arguments
        self._runner = runner
        self._job = job
        self._cancelled = cancelled
        self._reported = 0.0

    def report(self, done: int, total: int | None, message: str | None = None) -> None:
        """Says how far the work is; told on at most ten times a second. Raises Cancelled."""
        self.check()
        if time.monotonic() - self._reported >= SECONDS_BETWEEN_REPORTS:
            self._reported = time.monotonic()
            self._runner.save(replace(self._job, done=done, total=total, message=message))
        self._job = replace(self._job, done=done, total=total, message=message)

    def check(self) -> None:
        """Raises Cancelled once the user has ended the job."""
        if self._cancelled.is_set():
            raise Cancelled

    @property
    def job(self) -> Job:
        """As last reported, told on or not."""
        return self._job


# Does the work; returns what it came to, in words for the user.
Handler = Callable[[Progress], str]


class Jobs:
    """Queues jobs, runs them in threads, and tells how they go."""

    def __init__(self, database: Database, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock
        self._handlers: dict[JobKind, Handler] = {}
        self._running: dict[JobKind, tuple[Id, threading.Event, threading.Thread]] = {}
        self._lock = threading.Lock()
        self._listeners: list[Callable[[Job], None]] = []
        self._stopping = False

    def register(self, kind: JobKind, handler: Handler) -> None:
        self._handlers[kind] = handler

    def on_change(self, listener: Callable[[Job], None]) -> None:
        """Called by the thread that changed the job."""
        self._listeners.append(listener)

    def start(self) -> None:
        """Queues again what a restart interrupted, and runs what waits."""
        with self._database.write() as tx:
            tx.execute(
                sa.update(jobs).where(jobs.c.state == JobState.RUNNING.value).values(state=JobState.QUEUED.value)
            )
        for kind in self._handlers:
            self._run_next(kind)

    def stop(self) -> None:
        """Ends what runs; it is queued again at the next start."""
        self._stopping = True
        with self._lock:
            running = list(self._running.values())
        for _, cancelled, _ in running:
            cancelled.set()
        for _, _, thread in running:
            thread.join(timeout=30)

    def queue(self, kind: JobKind, arguments: Mapping[str, Any] | None = None) -> Job:
        """Asks for a job. The same work that waits already is not asked for twice."""
        wanted = dict(arguments or {})
        with self._database.write() as tx:
            waiting = tx.execute(
                sa.select(jobs).where(jobs.c.kind == kind.value, jobs.c.state == JobState.QUEUED.value)
            ).all()
            job = next((_from_row(row) for row in waiting if row.arguments == wanted), None)
            if job is None:
                job = Job(new_id(), kind, JobState.QUEUED, 0, None, None, tx.started_at, None, None, None)
                _insert(tx, job, wanted)
                _forget_old(tx)
        self._tell(job)
        self._run_next(kind)
        return job

    def all(self, states: Sequence[JobState] | None = None) -> list[Job]:
        """Newest first."""
        query = sa.select(jobs).order_by(jobs.c.created_at.desc(), jobs.c.id)
        if states is not None:
            query = query.where(jobs.c.state.in_([state.value for state in states]))
        with self._database.read() as connection:
            return [_from_row(row) for row in connection.execute(query)]

    def find(self, identity: Id) -> Job:
        """Raises NotFound."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(jobs).where(jobs.c.id == identity)).first()
        if row is None:
            raise NotFound(f"There is no job with the id {identity}.")
        return _from_row(row)

    def cancel(self, identity: Id) -> Job:
        """Ends a job that waits or runs. Raises NotFound, and Conflict for one that has ended."""
        job = self.find(identity)
        if job.is_finished:
            raise Conflict(f"This job has ended already: {job.state.value.lower()}.")
        with self._lock:
            running = self._running.get(job.kind)
        if running is not None and running[0] == identity:
            running[1].set()
            running[2].join(timeout=5)
        else:
            self.save(replace(job, state=JobState.CANCELLED, finished_at=self._clock()))
        return self.find(identity)

    def save(self, job: Job) -> None:
        """Writes the job's row, and tells of it."""
        with self._database.write() as tx:
            tx.execute(sa.update(jobs).where(jobs.c.id == job.id).values(_values(job)))
        self._tell(job)

    def _tell(self, job: Job) -> None:
        for listener in self._listeners:
            listener(job)

    def _run_next(self, kind: JobKind) -> None:
        with self._lock:
            if self._stopping or kind in self._running:
                return
            with self._database.read() as connection:
                row = connection.execute(
                    sa.select(jobs)
                    .where(jobs.c.kind == kind.value, jobs.c.state == JobState.QUEUED.value)
                    .order_by(jobs.c.created_at)
                    .limit(1)
                ).first()
            if row is None:
                return
            cancelled = threading.Event()
            job = _from_row(row)
            thread = threading.Thread(
                target=self._run, args=(job, row.arguments, cancelled), name=f"job-{kind.value.lower()}", daemon=True
            )
            self._running[kind] = (job.id, cancelled, thread)
            thread.start()

    def _run(self, job: Job, arguments: Mapping[str, Any], cancelled: threading.Event) -> None:
        job = replace(job, state=JobState.RUNNING, started_at=self._clock(), done=0)
        progress = Progress(self, job, arguments, cancelled)
        try:
            self.save(job)
            message = self._handlers[job.kind](progress)
            ended = replace(progress.job, state=JobState.SUCCEEDED, message=message)
        except Cancelled:
            state = JobState.QUEUED if self._stopping else JobState.CANCELLED
            ended = replace(progress.job, state=state)
        except GalleryError as error:
            ended = replace(progress.job, state=JobState.FAILED, error=str(error))
        except Exception:
            logger.exception("The job %s failed", job.kind.value)
            ended = replace(progress.job, state=JobState.FAILED, error="It failed inside; the server's log says why.")
        if ended.is_finished:
            ended = replace(ended, finished_at=self._clock())
        with suppress(sa.exc.SQLAlchemyError):  # closing: the next start sees it as interrupted
            self.save(ended)
        with self._lock:
            del self._running[job.kind]
        self._run_next(job.kind)


class JobFeed:
    """Hands changes of jobs to subscribers; one that is slow sees the latest, not each."""

    def __init__(self, runner: Jobs) -> None:
        self._runner = runner
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: list[tuple[dict[Id, Job], asyncio.Event]] = []
        runner.on_change(self._on_change)

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()

    def stop(self) -> None:
        self._loop = None

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

    def _on_change(self, job: Job) -> None:
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # the loop has just closed: nobody listens any more
                loop.call_soon_threadsafe(self._offer, job)

    def _offer(self, job: Job) -> None:
        for latest, ready in self._waiting:
            latest[job.id] = job
            ready.set()


def record_finished(tx: Transaction, kind: JobKind, done: int, message: str) -> Job:
    """The row of work that was done within the transaction itself."""
    moment = tx.started_at
    job = Job(new_id(), kind, JobState.SUCCEEDED, done, done, message, moment, moment, moment, None)
    _insert(tx, job, {})
    _forget_old(tx)
    return job


def _insert(tx: Transaction, job: Job, arguments: Mapping[str, Any]) -> None:
    values = _values(job) | {"id": job.id, "kind": job.kind.value, "created_at": job.created_at}
    tx.execute(sa.insert(jobs).values(arguments=dict(arguments), **values))


def _forget_old(tx: Transaction) -> None:
    """Keeps the table short: what ended long ago tells nobody anything."""
    finished = jobs.c.state.not_in([state.value for state in UNFINISHED])
    kept = sa.select(jobs.c.id).where(finished).order_by(jobs.c.created_at.desc()).limit(KEPT)
    tx.execute(sa.delete(jobs).where(finished, jobs.c.id.not_in(kept)))


def _values(job: Job) -> dict[str, Any]:
    return {
        "state": job.state.value,
        "done": job.done,
        "total": job.total,
        "message": job.message,
        "error": job.error,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
    }


def _from_row(row: sa.Row[Any]) -> Job:
    return Job(
        row.id,
        JobKind(row.kind),
        JobState(row.state),
        row.done,
        row.total,
        row.message,
        row.created_at,
        row.started_at,
        row.finished_at,
        row.error,
    )
