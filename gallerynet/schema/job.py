"""Work in the background."""

import strawberry

from gallerynet.core import job_notes, jobs
from gallerynet.core.clock import Timestamp
from gallerynet.resolvers import jobs as resolvers
from gallerynet.schema.fields import answered_by
from gallerynet.schema.node import Node

JobKind = strawberry.enum(jobs.JobKind, description="What a job does.")
JobState = strawberry.enum(jobs.JobState, description="Where a job stands.")
JobNoteCode = strawberry.enum(
    job_notes.NoteCode, name="JobNoteCode", description="What a job is at, what it came to, or why it broke off."
)
JobCounted = strawberry.enum(job_notes.Counted, name="JobCounted", description="What a job counts.")


@strawberry.type(description="How many there are of something.")
class JobCount:
    of: job_notes.Counted = strawberry.field(description="What is counted.")
    count: int = strawberry.field(description="How many.")


@strawberry.type(description="What a job says, for clients that say it in words of their own.")
class JobNote:
    code: job_notes.NoteCode = strawberry.field(description="Which sentence.")
    counts: list[JobCount] = answered_by(resolvers.counts, description="The numbers in it, each of another thing.")
    name: str | None = strawberry.field(description="The file or tag that it is about.")


@strawberry.type(description="Work that takes a while.")
class Job(Node):
    kind: jobs.JobKind = strawberry.field(description="What it does.")
    state: jobs.JobState = strawberry.field(description="Where it stands.")
    done: int = strawberry.field(description="How many steps are done.")
    total: int | None = strawberry.field(description="Of how many; null while that is unknown.")
    message: str | None = strawberry.field(description="What it is at, in words for the user.")
    note: JobNote | None = strawberry.field(
        description="The same for clients with words of their own; of a failed job why it failed, if that has a code."
    )
    created_at: Timestamp = strawberry.field(description="When it was asked for.")
    started_at: Timestamp | None = strawberry.field(description="When it began.")
    finished_at: Timestamp | None = strawberry.field(description="When it ended, well or not.")
    error: str | None = strawberry.field(description="Why it failed, in words for the user.")

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:  # noqa: ARG003 - Strawberry's interface
        return isinstance(value, jobs.Job)
