"""Originals, thumbnails and what browsers play: ranges, ETags, and caches that keep them to the one who asked."""

import asyncio
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from gallerynet.core.errors import GalleryError, NotFound
from gallerynet.core.ids import parse_id
from gallerynet.core.library import Library
from gallerynet.core.media.model import Media, PlaybackState, ThumbnailSize
from gallerynet.core.media.rows import find

# What stands behind a URL never changes: an original is not altered, and a thumbnail's URL carries its version.
FOREVER = "private, max-age=31536000, immutable"
NEVER = "no-store"


def file_routes(library: Library) -> list[Route]:
    # Who asks for many thumbnails that are still to be made leaves threads to the questions of others.
    decoding = asyncio.Semaphore(library.workers.size)

    async def original(request: Request) -> Response:
        item = await _item(library, request)
        if item is None:
            return _missing("There is no such item.")
        disposition = "attachment" if "download" in request.query_params else "inline"
        return await _file(
            request,
            library.storage.original(item.filename),
            etag=item.content_hash,
            media_type=item.mime_type,
            filename=item.original_filename,
            disposition=disposition,
        )

    async def thumbnail(request: Request) -> Response:
        item = await _item(library, request)
        size = request.path_params["size"]
        if item is None or size not in {known.value for known in ThumbnailSize}:
            return _missing("There is no such thumbnail.")
        is_large = size == ThumbnailSize.LARGE.value
        if is_large and not await asyncio.to_thread(library.storage.has_thumbnail, item.id, size):
            try:
                async with decoding:
                    await asyncio.to_thread(library.ingest.make_large, item)
            except GalleryError as error:
                return _missing(str(error))
        return await _file(
            request,
            library.storage.thumbnail(item.id, size),
            etag=f"{item.id}-{size}-{item.thumbnail_version}",
            media_type="image/jpeg",
        )

    async def playback(request: Request) -> Response:
        item = await _item(library, request)
        if item is None or item.playback_state not in (PlaybackState.ORIGINAL, PlaybackState.PREVIEW):
            return _missing("There is no such video, or none that browsers play yet.")
        if item.playback_state is PlaybackState.PREVIEW:
            return await _file(request, library.storage.preview(item.id), f"{item.id}-preview", "video/mp4")
        # Players know the family of MP4 by this name alone.
        media_type = "video/webm" if item.mime_type == "video/webm" else "video/mp4"
        return await _file(request, library.storage.original(item.filename), item.content_hash, media_type)

    return [
        Route("/playback/{id}", playback, methods=["GET"]),
        Route("/originals/{id}", original, methods=["GET"]),
        Route("/thumbnails/{id}/{size}", thumbnail, methods=["GET"]),
    ]


async def _item(library: Library, request: Request) -> Media | None:
    identity = parse_id(request.path_params["id"])

    def read() -> Media | None:
        if identity is None:
            return None
        with library.database.read() as connection:
            try:
                return find(connection, identity)
            except NotFound:
                return None

    return await asyncio.to_thread(read)


async def _file(
    request: Request,
    path: Path,
    etag: str,
    media_type: str,
    filename: str | None = None,
    disposition: str = "inline",
) -> Response:
    try:
        stat = await asyncio.to_thread(path.stat)
    except FileNotFoundError:
        return _missing("The file is missing on the server's disk.")
    headers = {"etag": f'"{etag}"', "cache-control": FOREVER}
    if _is_known(request.headers.get("if-none-match", ""), headers["etag"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(
        path,
        headers=headers,
        media_type=media_type,
        filename=filename,
        stat_result=stat,
        content_disposition_type=disposition,
    )


def _is_known(if_none_match: str, etag: str) -> bool:
    held = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
    return etag in held or "*" in held


def _missing(sentence: str) -> Response:
    return PlainTextResponse(sentence, 404, {"cache-control": NEVER})
