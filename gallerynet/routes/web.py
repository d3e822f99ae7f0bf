"""The app and GraphiQL, as they were built into the package; the health of the server."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from gallerynet import __version__

REVALIDATE = "no-cache"
FOREVER = "public, max-age=31536000, immutable"

MISSING_APP = (
    "GalleryNet serves, but its app was not built into this package. The API is at /graphql. "
    "Run `make run` in a checkout, or install a released package."
)


class _HashedAssets(StaticFiles):
    """Files whose names change with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = FOREVER
        return response


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
        return FileResponse(web / (name if known else "index.html"), headers={"cache-control": REVALIDATE})

    async def graphiql(request: Request) -> Response:  # noqa: ARG001 - Starlette's interface
        if "graphiql.html" not in pages:
            return PlainTextResponse(MISSING_APP, 503)
        return FileResponse(web / "graphiql.html", headers={"cache-control": REVALIDATE})

    async def health(request: Request) -> Response:  # noqa: ARG001 - Starlette's interface
        return JSONResponse({"status": "ok", "version": __version__}, headers={"cache-control": "no-store"})

    return [
        Route("/health", health),
        Route("/graphiql", graphiql),
        *([Mount("/assets", _HashedAssets(directory=web / "assets"))] if pages else []),
        Route("/{path:path}", page),
    ]
