"""Puts the schema together, once a process."""

import strawberry
from graphql import GraphQLError
from strawberry.exceptions import MissingQueryError
from strawberry.execution import optimized_is_awaitable
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionContext
from strawberry.types.graphql import OperationType

from gallerynet.resolvers.context import Context
from gallerynet.resolvers.errors import present
from gallerynet.schema.event import EVENT_TYPES
from gallerynet.schema.executor import Executor
from gallerynet.schema.gate import Gate
from gallerynet.schema.mutation import Mutation
from gallerynet.schema.query import Query
from gallerynet.schema.scalars import CONFIG
from gallerynet.schema.subscription import Subscription

ONLY = (OperationType.SUBSCRIPTION,)


class Schema(strawberry.Schema):
    def process_errors(
        self,
        errors: list[GraphQLError],
        execution_context: ExecutionContext | None = None,  # noqa: ARG002 - Strawberry's interface
    ) -> None:
        for error in errors:
            present(error)

    async def prepare_subscription(
        self, query: str, variables: dict[str, object] | None, operation_name: str | None, context: Context
    ) -> Executor | list[GraphQLError]:
        """Parses and checks as for any other operation; what comes back is ready to be run for each event."""
        asked = self._create_execution_context(query, ONLY, variables, context, None, operation_name)
        extensions = self.get_extensions()
        for extension in extensions:
            extension.execution_context = asked
        runner = self.create_extensions_runner(asked, extensions)
        async with runner.operation():
            try:
                refused = await self._prepare_operation_async(asked, runner)
            except (MissingQueryError, CannotGetOperationTypeError, InvalidOperationTypeError) as error:
                return [GraphQLError("The request has no subscription of that name.", original_error=error)]
        if refused is not None:
            return refused.errors or []
        built: Executor | list[GraphQLError] = Executor.build(
            self._schema,
            asked.graphql_document,
            context_value=context,
            raw_variable_values=variables,
            operation_name=asked.operation_name,
            is_awaitable=optimized_is_awaitable,
            operation_extensions=None,
        )
        return built


schema = Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=EVENT_TYPES,
    extensions=[Gate],
    execution_context_class=Executor,
    config=CONFIG,
)
