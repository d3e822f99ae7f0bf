"""A page of 60 items with 14 plain fields over GraphQL, against a bare JSON route over the same rows.

Processor time of one request, whole ASGI app and SQL included; the requests take turns.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import numpy as np
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Scope

from benchmarks._library import fill
from benchmarks._tools import empty_library, table
from gallerynet.app import create_app
from gallerynet.core.library import Library
from gallerynet.core.media.filters import EVERYTHING
from gallerynet.core.media.listing import NEWEST_FIRST
from gallerynet.core.media.model import Media
from gallerynet.settings import Settings

COUNT = 60
ROUNDS = 200
FIELDS = """id mediaType mimeType originalFilename width height sizeBytes originalDate originalDateSource uploadedAt
contentHash isFavorite isSearchable placeholder"""
NODES = f"{{ media(first: {COUNT}) {{ nodes {{ {FIELDS} }} }} }}"
EDGES = f"{{ media(first: {COUNT}) {{ edges {{ cursor node {{ {FIELDS} }} }} pageInfo {{ endCursor hasNextPage }} }} }}"

Ask = Callable[[], Awaitable[bytes]]


def run() -> None:
    with empty_library() as library:
        fill(library, np.eye(COUNT, library.embedder.manifest.dimensions, dtype=np.float32))
        costs = asyncio.run(_measure(library))
    floor = costs["bare JSON route"]
    rows = [[name, 1000 * seconds, seconds / floor] for name, seconds in costs.items()]
    table(["request", "CPU, ms", "ratio"], rows)


async def _measure(library: Library) -> dict[str, float]:
    app = create_app(library, Settings())
    bare = Starlette(routes=[Route("/graphql", _bare(library), methods=["POST"])])
    async with app.router.lifespan_context(app):
        asks: dict[str, Ask] = {
            "bare JSON route": lambda: _post(bare, NODES),
            "GraphQL nodes": lambda: _post(app, NODES),
            "GraphQL edges": lambda: _post(app, EDGES),
        }
        best = dict.fromkeys(asks, float("inf"))
        for _ in range(ROUNDS):
            for name, ask in asks.items():
                start = time.process_time()
                answer = await ask()
                best[name] = min(best[name], time.process_time() - start)
                assert answer.count(b'"id"') == COUNT, answer  # noqa: S101 - the same work
    return best


def _bare(library: Library) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        orjson.loads(await request.body())
        page = await asyncio.to_thread(library.lists.page, EVERYTHING, NEWEST_FIRST, COUNT, None)
        body = {"data": {"media": {"nodes": [_plain(item) for item in page.items]}}}
        return Response(orjson.dumps(body), media_type="application/json")

    return answer


def _plain(item: Media) -> dict[str, Any]:
    return {
        "id": item.id,
        "mediaType": item.media_type.name,
        "mimeType": item.mime_type,
        "originalFilename": item.original_filename,
        "width": item.width,
        "height": item.height,
        "sizeBytes": item.size_bytes,
        "originalDate": item.original_date,
        "originalDateSource": item.original_date_source.name,
        "uploadedAt": item.uploaded_at,
        "contentHash": item.content_hash,
        "isFavorite": item.is_favorite,
        "isSearchable": item.is_searchable,
        "placeholder": item.placeholder,
    }


async def _post(app: Starlette, query: str) -> bytes:
    body = orjson.dumps({"query": query})
    sent: list[bytes] = []
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"content-type", b"application/json"), (b"host", b"localhost")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message.get("body", b""))

    await app(scope, receive, send)
    return b"".join(sent)
