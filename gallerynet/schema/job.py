"""Work in the background."""

import strawberry

from gallerynet.core import jobs
from gallerynet.core.clock import Timestamp
from gallerynet.schema.node import Node

JobKind = strawberry.enum(jobs.JobKind, description="What a job does.")
JobState = strawberry.enum(jobs.JobState, description="Where a job stands.")


@strawberry.type(description="Work that takes a while.")
class Job(Node):
    kind: jobs.JobKind = strawberry.field(description="What it does.")
    state: jobs.JobState = strawberry.field(description="Where it stands.")
    done: int = strawberry.field(description="How many steps are done.")
    total: int | None = strawberry.field(description="Of how many; null while that is unknown.")
    message: str | None = strawberry.field(description="What it is at, in words for the user.")
    created_at: Timestamp = strawberry.field(description="When it was asked for.")
    started_at: Timestamp | None = strawberry.field(description="When it began.")
    finished_at: Timestamp | None = strawberry.field(description="When it ended, well or not.")
    error: str | None = strawberry.field(description="Why it failed, in words for the user.")

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:  # noqa: ARG003 - Strawberry's interface
        return isinstance(value, jobs.Job)
