"""GraphQL over HTTP and WebSocket."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing
from datetime import timedelta
from functools import partial
from typing import cast
from uuid import uuid4

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException, StarletteRequestAdapter
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData, process_result
from strawberry.http.base import BaseRequestProtocol
from strawberry.http.streaming import MultipartSubscriptionTransport, SSETransport
from strawberry.schema.base import BaseSchema
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.subscriptions import (
    GRAPHQL_SSE_PROTOCOL,
    GRAPHQL_TRANSPORT_WS_PROTOCOL,
    MULTIPART_SUBSCRIPTION_PROTOCOL,
)
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from gallerynet.core.errors import InvalidInput, PayloadTooLarge, Unauthenticated
from gallerynet.resolvers.context import Context, Services, Viewer
from gallerynet.resolvers.errors import INTERNAL, WENT_WRONG
from gallerynet.resolvers.server import MAX_FILES_PER_UPLOAD
from gallerynet.routes.authentication import NOT_LOGGED_IN, bearer, set_cookie
from gallerynet.routes.body import read_json, read_query_string, to_request
from gallerynet.routes.connections import OpenConnections, until
from gallerynet.routes.multipart import MultipartRequest
from gallerynet.routes.negotiation import JSON, RESPONSE_JSON, media_type, wants_only_events
from gallerynet.routes.sockets import SocketHandler, Watch

logger = logging.getLogger("gallerynet")

ALLOWED = {"GET": {OperationType.QUERY}, "POST": {OperationType.QUERY, OperationType.MUTATION}}
NO_STREAM = (
    "A subscription has many answers: open a WebSocket by graphql-transport-ws, or accept text/event-stream or "
    "multipart/mixed with subscriptionSpec=1.0."
)
CODES = {401: Unauthenticated.code, 413: PayloadTooLarge.code, 500: INTERNAL}


class _Adapter(StarletteRequestAdapter):
    def __init__(self, request: Request) -> None:
        super().__init__(request)
        self.connection = request


class _Events(SSETransport):
    """For those who accept nothing but events; with the line ends that every client knows."""

    def accepts(self, accept: str) -> bool:
        return wants_only_events(accept)

    def encode_event(self, event: str, data: str | None = None) -> str:
        return super().encode_event(event, data).replace("\r\n", "\n")

    def encode_comment(self, comment: str) -> str:
        return f": {comment}\n\n"


class GraphQLRoute(GraphQL[Context, None]):
    """One endpoint.

    Queries and mutations by POST, as JSON or multipart; queries by GET; subscriptions by graphql-transport-ws, by
    server-sent events and by multipart responses.
    """

    request_adapter_class = _Adapter
    stream_transport_classes_by_protocol = {  # noqa: RUF012 - as Strawberry declares it
        MULTIPART_SUBSCRIPTION_PROTOCOL: MultipartSubscriptionTransport,
        GRAPHQL_SSE_PROTOCOL: _Events,
    }

    def __init__(self, schema: BaseSchema, watch: Watch, services: Services, origins: list[str]) -> None:
        super().__init__(
            schema,
            graphql_ide=None,
            subscription_protocols=[
                GRAPHQL_TRANSPORT_WS_PROTOCOL,
                GRAPHQL_SSE_PROTOCOL,
                MULTIPART_SUBSCRIPTION_PROTOCOL,
            ],
            connection_init_wait_timeout=timedelta(seconds=10),
            multipart_uploads_enabled=True,
            allowed_origins=origins,
        )
        self.graphql_transport_ws_handler_class = partial(SocketHandler, watch=watch)  # type: ignore[assignment]
        self._services = services
        self._sockets = OpenConnections()
        self._streams = OpenConnections()
        services.auth.on_end(self._sockets.end)
        services.auth.on_end(self._streams.end)

    def end_streams(self) -> None:
        """Before the server stops: it would wait for answers that have no end."""
        self._streams.end_all()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            socket = WebSocket(scope, receive, send)
            with self._sockets.opened(socket, lambda: _close(socket)):
                await self.run(socket)
            return
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except ClientDisconnect:
            return  # nobody is there to be answered
        finally:
            uploads: MultipartRequest | None = scope.get("gallerynet.uploads")
            if uploads is not None:
                await asyncio.to_thread(uploads.discard)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            return await self.run(request)
        except HTTPException as error:
            return _refusal(request, error.status_code, error.reason)
        except StarletteHTTPException as error:
            return _refusal(request, error.status_code, error.detail, error.headers)
        except ClientDisconnect:
            raise
        except Exception as error:
            reference = uuid4().hex[:12]
            logger.error("Unexpected error, reference %s, in a request", reference, exc_info=error)
            return _refusal(request, 500, WENT_WRONG, reference=reference)

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

    def is_request_allowed(self, request: BaseRequestProtocol) -> bool:
        if request.method not in ("GET", "POST"):
            raise StarletteHTTPException(405, "GraphQL is asked by GET or POST.", {"allow": "GET, POST"})
        return True

    def should_render_graphql_ide(self, request: BaseRequestProtocol) -> bool:  # noqa: ARG002 - Strawberry's interface
        return False

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        assert isinstance(request, _Adapter)  # noqa: S101 - tells mypy which one this view makes
        transport = self._get_stream_transport_from_headers(request.headers)
        return to_request(await self._read(request.connection), transport.protocol if transport else "http")

    async def _read(self, request: Request) -> object:
        if request.method == "GET":
            return read_query_string(request)
        content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if content_type == JSON:
            return await read_json(request)
        if content_type == "multipart/form-data":
            return await self._read_multipart(request)
        raise StarletteHTTPException(
            415, f"The content type {content_type!r} is not taken: send {JSON}, or files by multipart/form-data."
        )

    async def _read_multipart(self, request: Request) -> object:
        """Nothing is stored for strangers."""
        if not request.scope["gallerynet.viewer"].is_authenticated:
            raise StarletteHTTPException(401, NOT_LOGGED_IN)
        uploads = MultipartRequest(self._services.library.storage, MAX_FILES_PER_UPLOAD)
        request.scope["gallerynet.uploads"] = uploads
        return await uploads.read(request.headers["content-type"], request.stream())

    async def execute_single(
        self,
        request: Request,
        request_adapter: AsyncHTTPRequestAdapter,  # noqa: ARG002 - Strawberry's interface
        sub_response: Response,  # noqa: ARG002
        context: Context,
        root_value: None,  # noqa: ARG002
        request_data: GraphQLRequestData,
    ) -> ExecutionResult:
        """What has one answer."""
        try:
            return await self.schema.execute(
                request_data.query,
                variable_values=request_data.variables,
                context_value=context,
                operation_name=request_data.operation_name,
                allowed_operation_types=ALLOWED[request.method],
            )
        except CannotGetOperationTypeError as error:
            raise StarletteHTTPException(400, error.as_http_error_reason()) from error
        except InvalidOperationTypeError as error:
            if error.operation_type is OperationType.MUTATION:
                raise StarletteHTTPException(405, "Mutations are sent by POST.", {"allow": "POST"}) from error
            raise StarletteHTTPException(400, NO_STREAM) from error

    async def process_result(
        self,
        request: Request,  # noqa: ARG002 - Strawberry's interface
        result: ExecutionResult,
    ) -> GraphQLHTTPResponse:
        """There is no data, not even null, where the operation was not run."""
        answer = process_result(result)
        if answer["data"] is None and result.errors and not any(error.path for error in result.errors):
            del answer["data"]
        return answer

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        response = await super().get_sub_response(request)
        response.media_type = media_type(request.headers.get("accept", ""))
        return response

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        response = super().create_response(response_data, sub_response)
        response.headers["content-type"] = f"{sub_response.media_type}; charset=utf-8"
        response.headers.setdefault("cache-control", "no-store")
        if sub_response.media_type == RESPONSE_JSON and "data" not in response_data:
            response.status_code = 400
        return response

    async def create_streaming_response(
        self,
        request: Request | WebSocket,
        stream: Callable[[], AsyncIterator[str]],
        sub_response: Response,
        headers: Mapping[str, str],
    ) -> Response:
        """Ends with the session, as sockets do."""
        viewer: Viewer = request.scope["gallerynet.viewer"]
        ended = asyncio.Event()

        async def guarded() -> AsyncGenerator[str, None]:
            with self._streams.opened(ended, ended.set):
                if viewer.session is not None:
                    self._streams.belongs_to(ended, viewer.session.id)
                async with aclosing(until(ended, cast("AsyncGenerator[str, None]", stream()))) as pieces:
                    async for piece in pieces:
                        yield piece

        return await super().create_streaming_response(request, guarded, sub_response, headers)

    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)

    def encode_json(self, data: object) -> str:
        # Text, since a WebSocket would send bytes as a binary frame.
        return orjson.dumps(data).decode()


def _close(socket: WebSocket) -> None:
    task = asyncio.ensure_future(socket.close(4403, "The session has ended."))
    task.add_done_callback(lambda done: done.exception())


def _refusal(
    request: Request, status: int, sentence: str, headers: Mapping[str, str] | None = None, **extensions: str
) -> Response:
    error = {"message": sentence, "extensions": {"code": CODES.get(status, InvalidInput.code), **extensions}}
    content_type = f"{media_type(request.headers.get('accept', ''))}; charset=utf-8"
    return Response(
        orjson.dumps({"errors": [error]}),
        status,
        {"cache-control": "no-store", **(headers or {}), "content-type": content_type},
    )
