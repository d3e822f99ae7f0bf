"""Archives on their way out: with their exact length, in ranges, and never passed off as whole when they are not."""

import asyncio
import re
from collections.abc import AsyncIterator
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from gallerynet.core.downloads.archive import Archive, FileChanged
from gallerynet.core.errors import NotFound
from gallerynet.core.ids import parse_id
from gallerynet.core.library import Library

_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


def download_routes(library: Library) -> list[Route]:
    async def part(request: Request) -> Response:
        identity = parse_id(request.path_params["id"])
        try:
            if identity is None:
                raise NotFound("There is no such download.")
            download = await asyncio.to_thread(library.downloads.open, identity)
            await asyncio.to_thread(download.archive.check)
        except NotFound as error:
            return _refusal(404, str(error))
        except FileChanged as error:
            return _refusal(409, f"{error} Plan the download again.")
        length = download.archive.length
        headers = {
            "etag": f'"{download.etag}"',
            "accept-ranges": "bytes",
            "cache-control": "private, no-cache",
            "content-disposition": f"attachment; filename*=utf-8''{quote(download.filename)}",
        }
        asked = _asked_range(request, headers["etag"], length)
        if asked is None:
            return _refusal(416, "That range is not in the file.", {"content-range": f"bytes */{length}"})
        start, end = asked
        headers["content-length"] = str(end - start)
        is_part = (start, end) != (0, length)
        if is_part:
            headers["content-range"] = f"bytes {start}-{end - 1}/{length}"
        if request.method == "HEAD":
            return Response(None, 206 if is_part else 200, headers, "application/zip")
        body = _stream(download.archive, start, end)
        return StreamingResponse(body, 206 if is_part else 200, headers, "application/zip")

    return [Route("/downloads/{id}", part, methods=["GET"])]


async def _stream(archive: Archive, start: int, end: int) -> AsyncIterator[bytes]:
    """Ends the connection early, by the error, where a file changes meanwhile: the client then knows it has not all."""
    pieces = archive.read(start, end)
    while piece := await asyncio.to_thread(next, pieces, b""):
        yield piece


def _asked_range(request: Request, etag: str, length: int) -> tuple[int, int] | None:
    """First byte and the one behind the last; None if there is no such part. Several ranges are answered whole."""
    header = request.headers.get("range")
    match = None if header is None else _RANGE.match(header.strip())
    if match is None or request.headers.get("if-range", etag) != etag:
        return 0, length
    first, last = match.groups()
    if first:
        start, end = int(first), min(int(last) + 1, length) if last else length
    elif last and int(last):
        start, end = max(0, length - int(last)), length
    else:
        return None
    return (start, end) if start < end else None


def _refusal(status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(sentence, status, {"cache-control": "no-store", **(headers or {})})
