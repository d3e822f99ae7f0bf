"""GraphQL over HTTP and WebSocket."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException, StarletteRequestAdapter
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse
from strawberry.schema.base import BaseSchema
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

from gallerynet.core.library import Library
from gallerynet.resolvers.context import Context
from gallerynet.resolvers.server import MAX_FILES_PER_UPLOAD
from gallerynet.routes.multipart import MultipartRequest

MAX_JSON_BYTES = 2 * 2**20


class _Adapter(StarletteRequestAdapter):
    def __init__(self, request: Request) -> None:
        super().__init__(request)
        self.connection = request


class GraphQLRoute(GraphQL[Context, None]):
    """One endpoint: JSON and multipart requests by POST, queries by GET, subscriptions by graphql-transport-ws."""

    request_adapter_class = _Adapter

    def __init__(
        self, schema: BaseSchema, library: Library, ingest_threads: ThreadPoolExecutor, origins: list[str]
    ) -> None:
        super().__init__(
            schema,
            graphql_ide=None,
            subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
            connection_init_wait_timeout=timedelta(seconds=10),
            multipart_uploads_enabled=True,
            allowed_origins=origins,
        )
        self._library = library
        self._ingest_threads = ingest_threads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            response = await self.run(request)
        except HTTPException as error:
            response = _refusal(error.status_code, error.reason)
        except StarletteHTTPException as error:
            response = _refusal(error.status_code, error.detail)
        except ClientDisconnect:
            return  # nobody is there to be answered
        finally:
            uploads: MultipartRequest | None = scope.get("gallerynet.uploads")
            if uploads is not None:
                await asyncio.to_thread(uploads.discard)
        await response(scope, receive, send)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:  # noqa: ARG002 - Strawberry's interface
        return Context(self._library, self._ingest_threads)

    async def parse_multipart(self, request: AsyncHTTPRequestAdapter) -> dict[str, Any]:
        assert isinstance(request, _Adapter)  # noqa: S101 - tells mypy which one this view makes
        uploads = MultipartRequest(self._library.storage, MAX_FILES_PER_UPLOAD)
        request.connection.scope["gallerynet.uploads"] = uploads
        return await uploads.read(request.content_type or "", request.connection.stream())

    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)

    def encode_json(self, data: object) -> str:
        # Text, since a WebSocket would send bytes as a binary frame.
        return orjson.dumps(data).decode()


def _refusal(status: int, sentence: str) -> JSONResponse:
    code = "PAYLOAD_TOO_LARGE" if status == 413 else "BAD_USER_INPUT"
    error: GraphQLHTTPResponse = {"errors": [{"message": sentence, "extensions": {"code": code}}]}
    return JSONResponse(error, status)
