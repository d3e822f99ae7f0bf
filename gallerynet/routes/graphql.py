"""GraphQL over HTTP and WebSocket."""

import asyncio
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
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http import GraphQLHTTPResponse
from strawberry.schema.base import BaseSchema
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

from gallerynet.resolvers.context import Context, Services, Viewer
from gallerynet.resolvers.server import MAX_FILES_PER_UPLOAD
from gallerynet.routes.authentication import NOT_LOGGED_IN, OpenSockets, bearer, set_cookie
from gallerynet.routes.multipart import MultipartRequest

MAX_JSON_BYTES = 2 * 2**20


class _Adapter(StarletteRequestAdapter):
    def __init__(self, request: Request) -> None:
        super().__init__(request)
        self.connection = request


class GraphQLRoute(GraphQL[Context, None]):
    """One endpoint: JSON and multipart requests by POST, queries by GET, subscriptions by graphql-transport-ws."""

    request_adapter_class = _Adapter

    def __init__(self, schema: BaseSchema, services: Services, origins: list[str]) -> None:
        super().__init__(
            schema,
            graphql_ide=None,
            subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
            connection_init_wait_timeout=timedelta(seconds=10),
            multipart_uploads_enabled=True,
            allowed_origins=origins,
        )
        self._services = services
        self._sockets = OpenSockets()
        services.auth.on_end(self._sockets.end)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            socket = WebSocket(scope, receive, send)
            with self._sockets.opened(socket):
                await self.run(socket)
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

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        def keep_session(token: str | None) -> None:
            if isinstance(response, Response):
                set_cookie(response, token, is_secure=request.url.scheme == "https")

        def note_viewer(viewer: Viewer) -> None:
            if isinstance(request, WebSocket) and viewer.session is not None:
                self._sockets.belongs_to(request, viewer.session.id)

        return Context(
            self._services,
            request.scope["gallerynet.viewer"],
            address=request.client.host if request.client else "",
            user_agent=request.headers.get("user-agent", ""),
            keep_session=keep_session,
            note_viewer=note_viewer,
        )

    async def on_ws_connect(self, context: Context) -> None:
        """Browsers prove their session by cookie with the handshake, scripts may send a token in connection_init."""
        if not context.viewer.is_authenticated and isinstance(context.connection_params, dict):
            token = bearer(str(context.connection_params.get("Authorization", "")))
            session = await context.run(context.auth.recognise, token)
            context.viewer = Viewer(session is not None, session)
        if not context.viewer.is_authenticated:
            raise ConnectionRejectionError
        context.note_viewer(context.viewer)
        return

    async def parse_multipart(self, request: AsyncHTTPRequestAdapter) -> dict[str, Any]:
        assert isinstance(request, _Adapter)  # noqa: S101 - tells mypy which one this view makes
        if not request.connection.scope["gallerynet.viewer"].is_authenticated:
            raise StarletteHTTPException(401, NOT_LOGGED_IN)
        uploads = MultipartRequest(self._services.library.storage, MAX_FILES_PER_UPLOAD)
        request.connection.scope["gallerynet.uploads"] = uploads
        return await uploads.read(request.content_type or "", request.connection.stream())

    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)

    def encode_json(self, data: object) -> str:
        # Text, since a WebSocket would send bytes as a binary frame.
        return orjson.dumps(data).decode()


def _refusal(status: int, sentence: str) -> JSONResponse:
    code = {401: "UNAUTHENTICATED", 413: "PAYLOAD_TOO_LARGE"}.get(status, "BAD_USER_INPUT")
    error: GraphQLHTTPResponse = {"errors": [{"message": sentence, "extensions": {"code": code}}]}
    return JSONResponse(error, status)
