"""Work that takes a while, as rows: what it is, how far it got, how it ended."""

from dataclasses import dataclass
from enum import Enum

import sqlalchemy as sa

from gallerynet.core.clock import Timestamp
from gallerynet.core.database import Transaction
from gallerynet.core.database.tables import jobs
from gallerynet.core.ids import Id, new_id


class JobKind(Enum):
    REPAIR = "REPAIR"
    AUTO_TAG = "AUTO_TAG"
    LEARN_TAG = "LEARN_TAG"
    IMPORT = "IMPORT"
    REEMBED = "REEMBED"
    DUPLICATE_SCAN = "DUPLICATE_SCAN"
    INTEGRITY_CHECK = "INTEGRITY_CHECK"
    PURGE_TRASH = "PURGE_TRASH"


class JobState(Enum):
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


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


def record_finished(tx: Transaction, kind: JobKind, done: int, message: str) -> Job:
    """The row of work that was done within the transaction itself."""
    now = tx.started_at
    job = Job(new_id(), kind, JobState.SUCCEEDED, done, done, message, now, now, now, None)
    tx.execute(
        sa.insert(jobs).values(
            id=job.id,
            kind=kind.value,
            state=job.state.value,
            arguments={},
            done=done,
            total=done,
            message=message,
            created_at=now,
            started_at=now,
            finished_at=now,
        )
    )
    return job
