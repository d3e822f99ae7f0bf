"""What every answer carries, and which requests are turned away before anything is read."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self'; connect-src 'self' ws: wss:; worker-src 'self' blob:; font-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}
# A form on a foreign page can send none of these.
PREFLIGHT_HEADERS = ("x-requested-with", "tus-resumable", "apollo-require-preflight", "x-apollo-operation-name")


class SecurityHeaders:
    """Adds to every answer what keeps a browser from making more of it than it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class SameSiteOnly:
    """Turns away requests that a foreign page makes a browser send, with the user's cookies and network in hand.

    A browser says where a request comes from; scripts and programs say nothing, and have no cookies to abuse.
    """

    def __init__(self, app: ASGIApp, origins: list[str]) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            headers = Headers(scope=scope)
            if not self._is_allowed(headers):
                body = {"errors": [{"message": REFUSED, "extensions": {"code": "BAD_USER_INPUT"}}]}
                await JSONResponse(body, 403)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _is_allowed(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin in self._origins:
            return True
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return False
        if origin is not None and origin.partition("://")[2] != headers.get("host"):
            return False
        is_json = headers.get("content-type", "").startswith("application/json")
        marked = any(name in headers for name in PREFLIGHT_HEADERS)
        return is_json or marked or "cookie" not in headers


REFUSED = (
    "This request seems to come from a page of another site, so it was not read. A client of your own adds the header "
    "X-Requested-With; a page of yours on another origin needs CORS_ORIGIN."
)
