"""Puts the schema together, once a process."""

import strawberry
from graphql import GraphQLError
from strawberry.types import ExecutionContext

from gallerynet.resolvers.errors import present
from gallerynet.schema.event import EVENT_TYPES
from gallerynet.schema.executor import Executor
from gallerynet.schema.gate import Gate
from gallerynet.schema.mutation import Mutation
from gallerynet.schema.query import Query
from gallerynet.schema.scalars import CONFIG
from gallerynet.schema.subscription import Subscription


class Schema(strawberry.Schema):
    def process_errors(
        self,
        errors: list[GraphQLError],
        execution_context: ExecutionContext | None = None,  # noqa: ARG002 - Strawberry's interface
    ) -> None:
        for error in errors:
            present(error)


schema = Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=EVENT_TYPES,
    extensions=[Gate],
    execution_context_class=Executor,
    config=CONFIG,
)
