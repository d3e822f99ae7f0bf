"""The GraphQL multipart request specification, read as it streams in.

https://github.com/jaydenseric/graphql-multipart-request-spec: a form whose field ``operations`` is the request with
null for each file, whose field ``map`` says where each file belongs, and whose other fields are the files. Every file
goes straight into its staging place, hashed on the way: nothing is held in memory and nothing is written twice.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any

import orjson
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.exceptions import HTTPException

from gallerynet.core.errors import PayloadTooLarge
from gallerynet.core.ingest.receive import Received, Receiver
from gallerynet.core.storage import Storage

# What it has to say of a malformed body is said to the client.
logging.getLogger("python_multipart").setLevel(logging.CRITICAL)

MAX_FIELD_BYTES = 2**20
MAX_HEADER_BYTES = 8 * 2**10
BATCH_BYTES = 2**20  # handed to a thread at once


class BadMultipart(HTTPException):
    """The body is not what the specification asks for: a sentence says what is wrong."""

    def __init__(self, sentence: str, status_code: int = 400) -> None:
        super().__init__(status_code, sentence)


class MultipartRequest:
    """One request's form: what it says, and the files that came with it."""

    def __init__(self, storage: Storage, max_files: int) -> None:
        self._storage = storage
        self._max_files = max_files
        self._fields: dict[str, bytearray] = {}
        self._files: dict[str, Received] = {}
        self._header_name = b""
        self._header_value = b""
        self._headers: dict[bytes, bytes] = {}
        self._part = ""
        self._receiver: Receiver | None = None
        self._ended = False

    async def read(self, content_type: str, body: AsyncIterator[bytes]) -> dict[str, Any]:
        """The operations with each file in its place. Raises BadMultipart."""
        _, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        if not boundary:
            raise BadMultipart("The Content-Type names no boundary.")
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._on_part_begin,
                "on_header_field": self._on_header_field,
                "on_header_value": self._on_header_value,
                "on_header_end": self._on_header_end,
                "on_headers_finished": self._on_headers_finished,
                "on_part_data": self._on_part_data,
                "on_part_end": self._on_part_end,
                "on_end": self._on_end,
            },
        )
        try:
            async for batch in _batched(body):
                await asyncio.to_thread(parser.write, batch)
        except FormParserError as error:
            raise BadMultipart(
                "The multipart body cannot be parsed: it breaks the rules of multipart/form-data."
            ) from error
        except PayloadTooLarge as error:
            raise BadMultipart(str(error), 413) from error
        if not self._ended:
            raise BadMultipart("The multipart body ends before its closing boundary.")
        return self._operations()

    def discard(self) -> None:
        """Removes whatever was staged and not taken into the library."""
        if self._receiver is not None:
            self._receiver.abandon()
        for received in self._files.values():
            self._storage.discard(received.staged)

    def _on_part_begin(self) -> None:
        self._headers = {}

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]
        self._check_header()

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]
        self._check_header()

    def _check_header(self) -> None:
        if len(self._header_name) + len(self._header_value) > MAX_HEADER_BYTES:
            raise BadMultipart("A part's header is too long.")

    def _on_header_end(self) -> None:
        self._headers[self._header_name.lower()] = self._header_value
        self._header_name = self._header_value = b""

    def _on_headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        name = options.get(b"name")
        if name is None:
            raise BadMultipart("A part of the form has no name.")
        self._part = name.decode("utf-8", "replace")
        if self._part in self._fields or self._part in self._files:
            raise BadMultipart(f"The form has two parts named {self._part!r}.")
        if self._part in ("operations", "map"):
            self._fields[self._part] = bytearray()
            return
        if len(self._files) >= self._max_files:
            raise BadMultipart(f"The form has more than {self._max_files} files. Send them in several requests.", 413)
        filename = options.get(b"filename", b"").decode("utf-8", "replace")
        self._receiver = Receiver(self._storage, filename)

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._receiver is not None:
            self._receiver.write(data[start:end])
            return
        field = self._fields[self._part]
        field += data[start:end]
        if len(field) > MAX_FIELD_BYTES:
            raise BadMultipart(f"The form's field {self._part!r} is larger than {MAX_FIELD_BYTES // 2**10} KiB.", 413)

    def _on_part_end(self) -> None:
        if self._receiver is not None:
            self._files[self._part] = self._receiver.finish()
            self._receiver = None

    def _on_end(self) -> None:
        self._ended = True

    def _operations(self) -> dict[str, Any]:
        operations = self._json("operations")
        if isinstance(operations, list):
            raise BadMultipart("Batches of operations are not taken: send each in a request of its own.")
        if not isinstance(operations, dict):
            raise BadMultipart("The form's field 'operations' must be a JSON object.")
        places = self._json("map")
        if not isinstance(places, dict):
            raise BadMultipart("The form's field 'map' must be a JSON object from file parts to lists of paths.")
        for part, paths in places.items():
            if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
                raise BadMultipart(f"In 'map', {part!r} must have a list of paths such as 'variables.files.0'.")
            received = self._files.get(part)
            if received is None:
                raise BadMultipart(f"'map' speaks of a file {part!r}, which the form does not have.")
            if len(paths) > 1:
                raise BadMultipart(f"In 'map', the file {part!r} has {len(paths)} places; each file is taken once.")
            for path in paths:
                _put(operations, path, received)
        return operations

    def _json(self, field: str) -> object:
        if field not in self._fields:
            raise BadMultipart(f"The form has no field {field!r}.")
        try:
            return orjson.loads(self._fields[field])
        except orjson.JSONDecodeError as error:
            raise BadMultipart(f"The form's field {field!r} is not JSON.") from error


def _put(operations: Mapping[str, Any], path: str, received: Received) -> None:
    """Puts the file where ``path`` says; there must be a null there."""
    *parents, last = path.split(".")
    target: Any = operations
    for key in parents:
        target = _child(target, key, path)
    if _child(target, last, path) is not None:
        raise BadMultipart(f"At the path {path!r} of 'map' there must be null in 'operations'.")
    target[int(last) if isinstance(target, list) else last] = received


def _child(target: Any, key: str, path: str) -> Any:
    if isinstance(target, dict) and key in target:
        return target[key]
    if isinstance(target, list) and key.isascii() and key.isdigit() and len(key) < 6 and int(key) < len(target):
        return target[int(key)]
    raise BadMultipart(f"'map' has the path {path!r}, which leads nowhere in 'operations'.")


async def _batched(body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    waiting = bytearray()
    async for piece in body:
        waiting += piece
        if len(waiting) >= BATCH_BYTES:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)
