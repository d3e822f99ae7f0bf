"""Who is asking: by cookie or bearer token, found out before anything else is read."""

import asyncio

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from gallerynet.core.auth import SESSION_LIFETIME, Auth
from gallerynet.resolvers.context import Viewer

COOKIE = "gallery_session"
PRIVATE = ("/originals/", "/thumbnails/", "/playback/", "/downloads/", "/uploads")
NOT_LOGGED_IN = "You are not logged in."


class Authentication:
    """Puts the ``Viewer`` into the scope, and answers 401 for private files to those who are not logged in."""

    def __init__(self, app: ASGIApp, auth: Auth) -> None:
        self._app = app
        self._auth = auth

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            viewer = await self._viewer(HTTPConnection(scope))
            scope["gallerynet.viewer"] = viewer
            if not viewer.is_authenticated and scope["path"].startswith(PRIVATE):
                await refusal()(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _viewer(self, connection: HTTPConnection) -> Viewer:
        if not self._auth.is_required:
            return Viewer(True, None)
        token = bearer(connection.headers.get("authorization", "")) or connection.cookies.get(COOKIE, "")
        session = await asyncio.to_thread(self._auth.recognise, token) if token else None
        return Viewer(session is not None, session)


def bearer(header: str) -> str:
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def refusal() -> Response:
    body = {"errors": [{"message": NOT_LOGGED_IN, "extensions": {"code": "UNAUTHENTICATED"}}]}
    return JSONResponse(body, 401, {"cache-control": "no-store"})


def set_cookie(response: Response, token: str | None, is_secure: bool) -> None:
    """Gives the browser its session, or takes it away. Marked Secure under HTTPS alone: home networks speak HTTP."""
    if token is None:
        response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict", secure=is_secure)
    else:
        seconds = int(SESSION_LIFETIME.total_seconds())
        response.set_cookie(
            COOKIE, token, max_age=seconds, path="/", httponly=True, samesite="strict", secure=is_secure
        )
