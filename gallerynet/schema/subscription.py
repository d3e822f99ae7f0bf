"""What can be watched."""

from collections.abc import AsyncGenerator

import strawberry

from gallerynet.resolvers import events as events_resolvers
from gallerynet.resolvers import jobs as jobs_resolvers
from gallerynet.schema.event import LibraryEvent
from gallerynet.schema.fields import watched_by
from gallerynet.schema.job import Job


@strawberry.type(description="What can be watched.")
class Subscription:
    library_events: AsyncGenerator[LibraryEvent, None] = watched_by(
        events_resolvers.library_events,
        description="Every change from now on; with after, all since that event's cursor first.",
    )
    job_progress: AsyncGenerator[Job, None] = watched_by(
        jobs_resolvers.job_progress,
        description="The jobs that run now, then each change; with an id, that job's until it ends.",
    )
