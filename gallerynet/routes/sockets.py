"""Subscriptions over a WebSocket, by the protocol graphql-transport-ws."""

import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.websockets import WebSocketDisconnect
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation
from strawberry.subscriptions.protocols.graphql_transport_ws.types import Message, SubscribeMessage

from gallerynet.core.errors import RateLimited
from gallerynet.resolvers.context import Context

# It warns of every foreign page that is refused a socket: any page could fill the log.
logging.getLogger("strawberry.ws").setLevel(logging.ERROR)

# Runs a subscription by its document, variables and operation name: the messages' types, and their payloads in JSON.
Watch = Callable[[str, dict[str, object] | None, str | None, Context], AsyncGenerator[tuple[str, str], None]]

TOO_MANY = "This connection has as many subscriptions as are allowed: end one, or open another connection."


class SocketHandler(BaseGraphQLTransportWSHandler[Context, None]):
    """Strict about what a message is; says what is wrong with an operation without ending the others."""

    def __init__(self, *args: Any, watch: Watch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._watch = watch

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        """Only subscriptions: a socket's context lives too long for queries, which no middleware would see."""
        assert isinstance(self.websocket, ASGIWebSocketAdapter)  # noqa: S101 - tells mypy which one the view makes
        socket = self.websocket.ws
        head = f'{{"id":{orjson.dumps(operation.id).decode()},"type":"'
        frames = self._watch(operation.query, operation.variables, operation.operation_name, self.context)
        # A socket that was closed meanwhile says so by either; nobody is there to be told.
        with suppress(WebSocketDisconnect, WebSocketDisconnected, RuntimeError):
            async with aclosing(frames):
                async for kind, payload in frames:
                    if kind == "error":
                        operation.completed = True
                        self.forget_id(operation.id)
                    await socket.send_text(f'{head}{kind}","payload":{payload}}}')
            await operation.send_operation_message({"id": operation.id, "type": "complete"})

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
