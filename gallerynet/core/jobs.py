"""Work that takes a while, as rows: what it is, how far it got, how it ended.

A job is a row and a handler for its kind. One job of a kind runs at a time, the others of that kind wait. What a
restart interrupts is queued again: handlers start from what the library says is still to be done.

Another process, such as an import, runs its own work as a job too (``run_here``): its row names the run that it belongs
to. It is cancelled by a word in the row, and whoever looks and finds that run gone ends the job for it.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
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
from gallerynet.core.job_notes import Note, NoteCode, from_json, to_json

logger = logging.getLogger("gallerynet")

SECONDS_BETWEEN_REPORTS = 0.1
SECONDS_TO_CANCEL = 5  # that whoever cancels waits for the work to end
KEPT = 200  # finished jobs that are remembered


class JobKind(Enum):
    REPAIR = "REPAIR"
    AUTO_TAG = "AUTO_TAG"
    LEARN_TAG = "LEARN_TAG"
    IMPORT = "IMPORT"
    REEMBED = "REEMBED"
    DUPLICATE_SCAN = "DUPLICATE_SCAN"
    SIMILAR_GROUPS = "SIMILAR_GROUPS"
    INTEGRITY_CHECK = "INTEGRITY_CHECK"
    PURGE_TRASH = "PURGE_TRASH"
    VIDEO_PREVIEW = "VIDEO_PREVIEW"
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
    note: Note | None = None  # null also of what was done before there were notes

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

    def report(self, done: int, total: int | None, note: Note | None = None) -> None:
        """Says how far the work is; told on at most ten times a second. Raises Cancelled."""
        self.check()
        self._job = _saying(replace(self._job, done=done, total=total), note)
        if time.monotonic() - self._reported >= SECONDS_BETWEEN_REPORTS:
            self._reported = time.monotonic()
            if self._runner.save(self._job):
                self._cancelled.set()

    def check(self) -> None:
        """Raises Cancelled once the user has ended the job."""
        if self._cancelled.is_set():
            raise Cancelled

    @property
    def job(self) -> Job:
        """As last reported, told on or not."""
        return self._job


# Does the work; returns what it came to.
Handler = Callable[[Progress], Note]


class Jobs:
    """Queues jobs, runs them in threads, and tells how they go."""

    def __init__(
        self, database: Database, clock: Clock = now, is_running: Callable[[str], bool] = lambda _: False
    ) -> None:
        """``is_running`` says of the run of another process whether it still goes on."""
        self._database = database
        self._clock = clock
        self._is_running = is_running
        self._elsewhere: dict[Id, Job] = {}
        self._looked_at = clock()
        self._looking = threading.Lock()
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
                sa.update(jobs)
                .where(jobs.c.state == JobState.RUNNING.value, jobs.c.owner.is_(None))
                .values(state=JobState.QUEUED.value)
            )
        self.look_elsewhere()
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
        elif not self._cancel_elsewhere(identity):
            self.save(replace(job, state=JobState.CANCELLED, finished_at=self._clock()))
        return self.find(identity)

    def run_here(self, kind: JobKind, owner: str, handler: Handler) -> Job:
        """Does the work in this thread, as a job that every process sees; returns how it ended."""
        with self._database.write() as tx:
            job = Job(new_id(), kind, JobState.RUNNING, 0, None, None, tx.started_at, tx.started_at, None, None)
            _insert(tx, job, {}, owner)
            _forget_old(tx)
        ended = self._work(job, {}, threading.Event(), handler)
        self.save(ended)
        return ended

    def look_elsewhere(self) -> None:
        """Tells of jobs of other processes that have changed since the last look; ends those whose process is gone."""
        with self._looking:
            moment = self._clock()
            # Also what began and ended between two looks.
            is_new = sa.or_(jobs.c.state == JobState.RUNNING.value, jobs.c.finished_at >= self._looked_at)
            wanted = sa.or_(sa.and_(jobs.c.owner.is_not(None), is_new), jobs.c.id.in_(list(self._elsewhere)))
            with self._database.read() as connection:
                rows = connection.execute(sa.select(jobs).where(wanted)).all()
            found: dict[Id, Job] = {}
            for row in rows:
                job = _from_row(row)
                if not job.is_finished and not self._is_running(row.owner):
                    self.save(replace(_broken_off(job, Note(NoteCode.INTERRUPTED)), finished_at=self._clock()))
                    continue
                if self._elsewhere.get(job.id) != job:
                    self._tell(job)
                # Also what has ended within this very millisecond: the next look finds it again.
                if not job.is_finished or row.finished_at >= moment:
                    found[job.id] = job
            self._elsewhere = found
            self._looked_at = moment

    def save(self, job: Job) -> bool:
        """Writes the job's row, and tells of it. True if another process wants it cancelled."""
        statement = sa.update(jobs).where(jobs.c.id == job.id).values(_values(job))
        with self._database.write() as tx:
            is_cancel_wanted = tx.execute(statement.returning(jobs.c.is_cancel_wanted)).scalar()
        self._tell(job)
        return bool(is_cancel_wanted)

    def _cancel_elsewhere(self, identity: Id) -> bool:
        """Asks the process that runs the job to end it, and gives it time; False if no other process does."""
        with self._database.write() as tx:
            statement = sa.update(jobs).where(jobs.c.id == identity, jobs.c.owner.is_not(None))
            if not tx.execute(statement.values(is_cancel_wanted=True)).rowcount:
                return False
        deadline = time.monotonic() + SECONDS_TO_CANCEL
        while not self.find(identity).is_finished and time.monotonic() < deadline:
            time.sleep(SECONDS_BETWEEN_REPORTS)
            self.look_elsewhere()
        return True

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
        ended = self._work(job, arguments, cancelled, self._handlers[job.kind])
        with suppress(sa.exc.SQLAlchemyError):  # closing: the next start sees it as interrupted
            self.save(ended)
        with self._lock:
            del self._running[job.kind]
        self._run_next(job.kind)

    def _work(self, job: Job, arguments: Mapping[str, Any], cancelled: threading.Event, handler: Handler) -> Job:
        """Calls the handler; returns the job as it ended."""
        progress = Progress(self, job, arguments, cancelled)
        try:
            self.save(job)
            note = handler(progress)
            ended = _saying(replace(progress.job, state=JobState.SUCCEEDED), note)
        except Cancelled:
            state = JobState.QUEUED if self._stopping else JobState.CANCELLED
            ended = replace(progress.job, state=state)
        except GalleryError as error:
            ended = replace(progress.job, state=JobState.FAILED, error=str(error), note=None)
        except Exception:
            logger.exception("The job %s failed", job.kind.value)
            ended = _broken_off(progress.job, Note(NoteCode.FAILED_INSIDE))
        return replace(ended, finished_at=self._clock()) if ended.is_finished else ended


def _saying(job: Job, note: Note | None) -> Job:
    return replace(job, note=note, message=None if note is None else str(note))


def _broken_off(job: Job, why: Note) -> Job:
    return replace(job, state=JobState.FAILED, error=str(why), note=why)


def record_finished(tx: Transaction, kind: JobKind, done: int, note: Note) -> Job:
    """The row of work that was done within the transaction itself."""
    moment = tx.started_at
    job = Job(new_id(), kind, JobState.SUCCEEDED, done, done, str(note), moment, moment, moment, None, note)
    _insert(tx, job, {})
    _forget_old(tx)
    return job


def _insert(tx: Transaction, job: Job, arguments: Mapping[str, Any], owner: str | None = None) -> None:
    values = _values(job) | {"id": job.id, "kind": job.kind.value, "created_at": job.created_at}
    tx.execute(sa.insert(jobs).values(arguments=dict(arguments), owner=owner, **values))


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
        "note": to_json(job.note),
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
        from_json(row.note),
    )
