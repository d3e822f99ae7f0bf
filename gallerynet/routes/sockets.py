"""Subscriptions over a WebSocket, by the protocol graphql-transport-ws."""

import logging
from typing import Any, cast

from graphql import GraphQLError
from strawberry.schema.base import BaseSchema
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.subscriptions.protocols.graphql_transport_ws.types import Message, SubscribeMessage

from gallerynet.core.errors import RateLimited
from gallerynet.resolvers.context import Context

# It warns of every foreign page that is refused a socket: any page could fill the log.
logging.getLogger("strawberry.ws").setLevel(logging.ERROR)

TOO_MANY = "This connection has as many subscriptions as are allowed: end one, or open another connection."


class _OnlySubscriptions:
    """A schema that runs nothing else: a socket's context lives too long for queries, which no middleware would see."""

    def __init__(self, schema: BaseSchema) -> None:
        self._schema = schema

    async def stream(self, query: str, **arguments: Any) -> Any:
        return await self._schema.subscribe(query, **arguments)


class SocketHandler(BaseGraphQLTransportWSHandler[Context, None]):
    """Strict about what a message is; says what is wrong with an operation without ending the others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schema = cast("BaseSchema", _OnlySubscriptions(self.schema))

    async def handle_message(self, message: Message) -> None:
        if not _is_well_formed(message):
            await self.handle_invalid_message("Failed to parse message")
            return
        await super().handle_message(message)

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        if self.connection_acknowledged and len(self.operations) >= (self.max_subscriptions_per_connection or 0):
            error = GraphQLError(TOO_MANY, extensions={"code": RateLimited.code})
            await self.send_message({"id": message["id"], "type": "error", "payload": [error.formatted]})
            return
        await super().handle_subscribe(message)

    @staticmethod
    def _get_pre_execution_close_reason(error: GraphQLError) -> str | None:  # noqa: ARG004 - Strawberry's interface
        """None: a document that cannot be parsed is an error of that operation, not of the connection."""
        return None


def _is_well_formed(message: object) -> bool:
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return False
    if message["type"] not in ("subscribe", "complete"):
        return True
    if not isinstance(message.get("id"), str):
        return False
    payload = message.get("payload")
    return message["type"] == "complete" or (
        isinstance(payload, dict)
        and isinstance(payload.get("query"), str)
        and isinstance(payload.get("variables"), dict | None)
        and isinstance(payload.get("operationName"), str | None)
    )
