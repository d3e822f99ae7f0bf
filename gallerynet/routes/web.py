"""The app and GraphiQL, as they were built into the package; the health of the server."""

import mimetypes
import os
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from gallerynet import __version__
from gallerynet.routes.negotiation import accepted_codings

REVALIDATE = "no-cache"
FOREVER = "public, max-age=31536000, immutable"

MISSING_APP = (
    "GalleryNet serves, but its app was not built into this package. The API is at /graphql. "
    "Run `make run` in a checkout, or install a released package."
)


CODINGS = {"br": ".br", "gzip": ".gz"}
"""What frontend/compress.mjs lays beside a file, the best first."""


def _smallest(path: Path, headers: Headers, cache: str) -> FileResponse:
    """The file, or its compressed copy where there is one that the browser takes."""
    taken = accepted_codings(headers.get("accept-encoding", ""))
    coding = next((one for one in CODINGS if one in taken and path.with_name(path.name + CODINGS[one]).is_file()), None)
    own = {"cache-control": cache, "vary": "accept-encoding"}
    if coding is None:
        return FileResponse(path, headers=own)
    media_type, _ = mimetypes.guess_type(path.name)
    return FileResponse(
        path.with_name(path.name + CODINGS[coding]), headers=own | {"content-encoding": coding}, media_type=media_type
    )


class _HashedAssets(StaticFiles):
    """Files whose names change with their content."""

    def file_response(
        self, full_path: str | os.PathLike[str], _: os.stat_result, scope: Scope, __: int = 200
    ) -> Response:
        return _smallest(Path(full_path), Headers(scope=scope), FOREVER)


def web_routes(web: Path) -> list[BaseRoute]:
    """``web`` is the folder that the app was built into."""
    pages = {file.name for file in web.iterdir() if file.is_file()} if web.is_dir() else set()

    async def page(request: Request) -> Response:
        """A file at the top of the app, or the app itself: it knows what to do with its paths."""
        name = request.path_params["path"]
        if not pages:
            return PlainTextResponse(MISSING_APP, 503)
        known = name in pages
        if not known and "." in name.rsplit("/", 1)[-1]:
            return PlainTextResponse("There is no such file.", 404)
        return _smallest(web / (name if known else "index.html"), request.headers, REVALIDATE)

    async def graphiql(request: Request) -> Response:
        if "graphiql.html" not in pages:
            return PlainTextResponse(MISSING_APP, 503)
        return _smallest(web / "graphiql.html", request.headers, REVALIDATE)

    async def health(request: Request) -> Response:  # noqa: ARG001 - Starlette's interface
        return JSONResponse({"status": "ok", "version": __version__}, headers={"cache-control": "no-store"})

    return [
        Route("/health", health),
        Route("/graphiql", graphiql),
        *([Mount("/assets", _HashedAssets(directory=web / "assets"))] if pages else []),
        Route("/{path:path}", page),
    ]
