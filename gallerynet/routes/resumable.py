"""Uploads that can break off: tus 1.0.0, https://tus.io/protocols/resumable-upload.

With the extensions creation, creation-with-upload, checksum, termination and expiration. Beyond tus, ``GET`` of an
upload says what came of the file: the protocol has no word for it.
"""

import asyncio
import base64
import binascii
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import Executor
from contextlib import suppress
from email.utils import formatdate

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gallerynet.core.errors import Conflict, GalleryError, InvalidInput, NotFound, PayloadTooLarge, Unavailable
from gallerynet.core.ids import Id, parse_id
from gallerynet.core.ingest.receive import MAX_FILE_BYTES
from gallerynet.core.ingest.resumable import Answer, Partial, announced_by
from gallerynet.core.library import Library

VERSION = "1.0.0"
HASHES = ("sha1", "sha256")  # tus asks for the first
BATCH_BYTES = 2**20
MAX_CHECKED_BYTES = 16 * 2**20  # of a piece that has a checksum: it is held in memory until that is right
MAX_METADATA = 8 * 2**10
SECONDS_TO_WAIT = 20  # for a file to be looked into, before the client has to ask again

CORS_HEADERS = (
    "tus-resumable",
    "upload-length",
    "upload-metadata",
    "upload-offset",
    "upload-checksum",
)
CORS_EXPOSED = ("location", "tus-resumable", "upload-offset", "upload-length", "upload-expires")
_STATUS: dict[type[GalleryError], int] = {
    InvalidInput: 400,
    NotFound: 404,
    Conflict: 409,
    PayloadTooLarge: 413,
    Unavailable: 507,
}


class _BadChecksum(Exception):
    """The piece is not what its sender hashed."""


Handler = Callable[[Request], Awaitable[Response]]


class ResumableRoute:
    def __init__(self, library: Library, threads: Executor) -> None:
        self._uploads = library.resumable
        self._threads = threads
        self._finishing: dict[Id, asyncio.Future[Answer]] = {}

    async def collection(self, request: Request) -> Response:
        return await self._answer(request, {"POST": self._create}.get(request.method, self._options))

    async def one(self, request: Request) -> Response:
        methods = {"HEAD": self._head, "PATCH": self._patch, "DELETE": self._delete, "GET": self._outcome}
        return await self._answer(request, methods.get(request.method, self._options))

    async def _answer(self, request: Request, handler: Handler) -> Response:
        headers = {"tus-resumable": VERSION, "cache-control": "no-store"}
        if request.method not in ("OPTIONS", "GET") and request.headers.get("tus-resumable") != VERSION:
            return _refusal(
                412, f"Speak tus {VERSION}: the header Tus-Resumable says so.", headers | {"tus-version": VERSION}
            )
        try:
            response = await handler(request)
        except _BadChecksum:
            return _refusal(
                460, "The piece does not have its checksum: it was damaged on its way. Send it again.", headers
            )
        except GalleryError as error:
            return _refusal(_STATUS[type(error)], str(error), headers, error.code)
        except ClientDisconnect:  # what came so far is kept
            return Response(status_code=400)
        response.headers.update(headers)
        return response

    async def _options(self, request: Request) -> Response:  # noqa: ARG002 - the interface
        return Response(
            status_code=204,
            headers={
                "tus-version": VERSION,
                "tus-extension": "creation,creation-with-upload,checksum,termination,expiration",
                "tus-max-size": str(MAX_FILE_BYTES),
                "tus-checksum-algorithm": ",".join(HASHES),
            },
        )

    async def _create(self, request: Request) -> Response:
        length = _number(request, "upload-length")
        announced = announced_by(_metadata(request.headers.get("upload-metadata", "")), length)
        created = await asyncio.to_thread(self._uploads.create, announced)
        headers = {"location": f"/uploads/{created.id}", "upload-expires": _expiry(created)}
        if request.headers.get("content-type") == "application/offset+octet-stream":
            headers["upload-offset"] = str(await self._receive(request, created, 0))
        elif length == 0:
            self._finish(created.id)
        return Response(status_code=201, headers=headers)

    async def _head(self, request: Request) -> Response:
        found = await self._find(request)
        return Response(
            headers={
                "upload-offset": str(found.offset),
                "upload-length": str(found.announced.size_bytes),
                "upload-expires": _expiry(found),
            }
        )

    async def _patch(self, request: Request) -> Response:
        if request.headers.get("content-type") != "application/offset+octet-stream":
            return _refusal(415, "The Content-Type of a piece is application/offset+octet-stream.")
        offset = _number(request, "upload-offset")
        found = await self._find(request)
        end = await self._receive(request, found, offset)
        return Response(status_code=204, headers={"upload-offset": str(end), "upload-expires": _expiry(found)})

    async def _delete(self, request: Request) -> Response:
        found = await self._find(request)
        await asyncio.to_thread(self._uploads.remove, found.id)
        return Response(status_code=204)

    async def _outcome(self, request: Request) -> Response:
        """How far it got; once it is complete, what came of it, or null for one who has waited long enough."""
        found = await self._find(request)
        answer = found.answer
        if answer is None and found.is_complete:
            waiting = asyncio.shield(self._finish(found.id))
            with suppress(TimeoutError):
                answer = await asyncio.wait_for(waiting, SECONDS_TO_WAIT)
        return JSONResponse({"offset": found.offset, "length": found.announced.size_bytes, "outcome": answer})

    async def _find(self, request: Request) -> Partial:
        identity = parse_id(request.path_params["id"])
        if identity is None:
            raise NotFound("There is no such upload.")
        return await asyncio.to_thread(self._uploads.find, identity)

    async def _receive(self, request: Request, found: Partial, offset: int) -> int:
        """Appends the body; returns where the end is. What came before a connection breaks off is kept."""
        if offset != found.offset:
            raise Conflict(f"The upload is at {found.offset}, not at {offset}.")
        pieces = _batched(request)
        checksum = request.headers.get("upload-checksum")
        if checksum is not None:
            pieces = _checked(pieces, checksum)
        try:
            async for piece in pieces:
                offset = await asyncio.to_thread(self._uploads.append, found.id, offset, piece)
        finally:
            await asyncio.to_thread(self._uploads.sync, found.id)
        if offset == found.announced.size_bytes:
            self._finish(found.id)
        return offset

    def _finish(self, identity: Id) -> asyncio.Future[Answer]:
        """Takes the file into the library, whoever waits for it or goes away."""
        running = self._finishing.get(identity)
        if running is None:
            running = asyncio.get_running_loop().run_in_executor(self._threads, self._uploads.finish, identity)
            self._finishing[identity] = running
            running.add_done_callback(lambda done: self._finished(identity, done))
        return running

    def _finished(self, identity: Id, done: asyncio.Future[Answer]) -> None:
        del self._finishing[identity]
        if not done.cancelled():
            done.exception()  # whoever asks is told; nobody else has to be


def resumable_routes(library: Library, threads: Executor) -> list[Route]:
    route = ResumableRoute(library, threads)
    return [
        Route("/uploads", route.collection, methods=["POST", "OPTIONS"]),
        Route("/uploads/{id}", route.one, methods=["HEAD", "PATCH", "DELETE", "GET", "OPTIONS"]),
    ]


async def _batched(request: Request) -> AsyncIterator[bytes]:
    """The body in pieces worth a thread's while; of one that breaks off, all that came."""
    waiting = bytearray()
    try:
        async for piece in request.stream():
            waiting += piece
            if len(waiting) >= BATCH_BYTES:
                yield bytes(waiting)
                waiting.clear()
    except ClientDisconnect:
        if waiting:
            yield bytes(waiting)
        raise
    if waiting:
        yield bytes(waiting)


async def _checked(pieces: AsyncIterator[bytes], checksum: str) -> AsyncIterator[bytes]:
    """The whole body, once it has its checksum; nothing of it otherwise."""
    algorithm, _, encoded = checksum.partition(" ")
    if algorithm not in HASHES:
        raise InvalidInput(f"Checksums are taken by {' and '.join(HASHES)}.")
    whole = bytearray()
    async for piece in pieces:
        whole += piece
        if len(whole) > MAX_CHECKED_BYTES:
            raise PayloadTooLarge(f"A piece with a checksum has {MAX_CHECKED_BYTES // 2**20} MiB at most.")
    if hashlib.new(algorithm, whole, usedforsecurity=False).digest() != _decoded(encoded):
        raise _BadChecksum
    if whole:
        yield bytes(whole)


def _metadata(header: str) -> dict[str, str]:
    """``filename aGkuanBn,sha256 ...``: names, and their values in base64."""
    if len(header) > MAX_METADATA:
        raise InvalidInput("Upload-Metadata is too long.")
    pairs = (part.split() for part in header.split(",") if part.strip())
    return {pair[0]: _decoded(pair[1]).decode("utf-8", "replace") if len(pair) > 1 else "" for pair in pairs}


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise InvalidInput("Values of Upload-Metadata and Upload-Checksum are in base64.") from error


def _number(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise InvalidInput(f"The header {header.title()} must be a number of bytes.")
    return int(text)


def _expiry(upload: Partial) -> str:
    return formatdate(upload.expires_at, usegmt=True)


def _refusal(
    status: int, sentence: str, headers: dict[str, str] | None = None, code: str = InvalidInput.code
) -> Response:
    return JSONResponse({"errors": [{"message": sentence, "extensions": {"code": code}}]}, status, headers)
