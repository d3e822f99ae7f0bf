"""Work in the background."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

import strawberry

from gallerynet.core.errors import NotFound
from gallerynet.core.job_notes import Counted, Note
from gallerynet.core.jobs import Job, JobKind, JobState
from gallerynet.demo.filling import require_empty
from gallerynet.resolvers.context import Info
from gallerynet.resolvers.inputs import to_id, to_ids


async def jobs(info: Info, states: list[JobState] | None = None) -> list[Job]:
    return await info.context.run(info.context.library.jobs.all, states)


async def job(info: Info, id: strawberry.ID) -> Job | None:
    try:
        return await info.context.run(info.context.library.jobs.find, to_id(id, "job"))
    except NotFound:
        return None


@dataclass(frozen=True, slots=True)
class Count:
    of: Counted
    count: int


def counts(parent: strawberry.Parent[Note]) -> list[Count]:
    return [Count(of, count) for of, count in parent.counts.items()]


async def repair_media(info: Info, ids: list[strawberry.ID] | None = None) -> Job:
    arguments = {} if ids is None else {"ids": to_ids(ids)}
    return await info.context.run(info.context.library.jobs.queue, JobKind.REPAIR, arguments)


async def check_integrity(info: Info) -> Job:
    return await info.context.run(info.context.library.jobs.queue, JobKind.INTEGRITY_CHECK)


async def start_demo(info: Info) -> Job:
    await info.context.run(require_empty, info.context.library)
    return await info.context.run(info.context.library.jobs.queue, JobKind.DEMO)


async def cancel_job(info: Info, id: strawberry.ID) -> Job:
    return await info.context.run(info.context.library.jobs.cancel, to_id(id, "job"))


async def job_progress(info: Info, id: strawberry.ID | None = None) -> AsyncGenerator[Job, None]:
    identity = None if id is None else to_id(id, "job")
    async for job in info.context.library.job_feed.subscribe(identity):
        yield job
