"""Subscribers over WebSockets to one server: messages a second, against Strawberry's own handler in the same app.

The clients are one other process on the same cores, which only counts what comes in. The time runs from the first
change to the last message; the processor time is the server's alone, changes included. An event carries 14 fields.
"""

import asyncio
import base64
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import uvicorn
from starlette.routing import Route
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler

from benchmarks._tools import table
from gallerynet.app import create_app
from gallerynet.core.library import Library, LibraryPaths
from gallerynet.routes.graphql import GraphQLRoute
from gallerynet.settings import Settings
from gallerynet.websocket import QuickWebSocket

EVENTS = 40
AT_ONCE = 20  # changes in one request, each of which is an event
FOLDER = "id name createdAt sortOrder itemCount a: id b: name c: createdAt d: sortOrder e: itemCount f: id"
EVENT = f"__typename cursor occurredAt ... on FolderChanged {{ folder {{ {FOLDER} }} }}"
DOCUMENT = f"subscription {{ libraryEvents {{ {EVENT} }} }}"
MESSAGE = b'"type":"next"'


def run() -> None:
    rows: list[list[object]] = []
    for name, clients in (("stock", 250), ("shared", 250), ("shared", 500)):
        seconds, cpu, latest = _measure(name, clients)
        count = clients * EVENTS
        rows.append([name, clients, count / seconds, 1e6 * cpu / count, 1000 * latest])
    table(["handler", "clients", "messages a second", "server CPU a message, us", "one event to all, ms"], rows)


def _measure(handler: str, clients: int) -> tuple[float, float, float]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="gallerynet-bench-") as folder:
        server = subprocess.Popen([sys.executable, "-m", "benchmarks.fanout", handler, str(port), folder])
        try:
            return asyncio.run(_talk(server.pid, port, clients))
        finally:
            server.terminate()
            server.wait(30)


async def _talk(pid: int, port: int, count: int) -> tuple[float, float, float]:
    loop = asyncio.get_running_loop()
    while True:
        with suppress(OSError):
            await loop.create_connection(asyncio.Protocol, "127.0.0.1", port)
            break
        await asyncio.sleep(0.1)
    arrived = _Arrived()
    clients = [(await loop.create_connection(lambda: _Client(arrived), "127.0.0.1", port))[1] for _ in range(count)]
    while not all(client.is_subscribed for client in clients):
        await _change(port, 1)
        await asyncio.sleep(1)
    start = time.perf_counter()
    await asyncio.gather(_change(port, 1), arrived.wait_for(count))
    latest = time.perf_counter() - start
    start, cpu = time.perf_counter(), _cpu(pid)
    expected = asyncio.ensure_future(arrived.wait_for(count * EVENTS))
    for _ in range(EVENTS // AT_ONCE):
        await _change(port, AT_ONCE)
    await expected
    return time.perf_counter() - start, _cpu(pid) - cpu, latest


class _Arrived:
    """How many messages have come, over all connections."""

    def __init__(self) -> None:
        self._wanted = 0
        self._all = asyncio.Event()

    def add(self, count: int) -> None:
        self._wanted -= count
        if self._wanted <= 0:
            self._all.set()

    async def wait_for(self, count: int) -> None:
        """Waits for as many from now on."""
        self._wanted = count
        self._all.clear()
        await self._all.wait()


class _Client(asyncio.Protocol):
    """As little of a WebSocket as will subscribe."""

    def __init__(self, arrived: _Arrived) -> None:
        self._arrived = arrived
        self._rest = b""
        self.is_subscribed = False  # seen by a first message

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - it is TCP
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n".encode()
        )
        subscribe: dict[str, object] = {"type": "subscribe", "id": "1", "payload": {"query": DOCUMENT}}
        # Sent once the handshake is through: it is in the same stream of bytes, but not every server reads ahead.
        asyncio.get_running_loop().call_later(
            0.5, lambda: transport.write(_frame({"type": "connection_init"}) + _frame(subscribe))
        )

    def data_received(self, data: bytes) -> None:
        data = self._rest + data
        count = data.count(MESSAGE)
        self._arrived.add(count)
        self.is_subscribed |= count > 0
        self._rest = data[-(len(MESSAGE) - 1) :]


def _frame(message: dict[str, object]) -> bytes:
    """One text frame; its mask is of zeros, which leaves the text as it is."""
    text = json.dumps(message).encode()
    length = bytes([0x80 | len(text)]) if len(text) < 126 else b"\xfe" + len(text).to_bytes(2, "big")
    return b"\x81" + length + bytes(4) + text


async def _change(port: int, count: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    changes = " ".join(f'a{number}: createFolder(name: "x") {{ id }}' for number in range(count))
    body = json.dumps({"query": f"mutation {{ {changes} }}"}).encode()
    head = "POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
    writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    answer = await reader.read()
    assert answer.count(b'"id"') == count, answer  # noqa: S101 - so many events are to come
    writer.close()


def _cpu(pid: int) -> float:
    """Seconds that the process has used, by its own account."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def serve(handler: str, port: int, folder: Path) -> None:
    """The server, with one of the handlers."""
    paths = LibraryPaths(folder / "gallery.db", Settings().model_path, folder / "uploads", folder / "thumbnails")
    library = Library(paths, workers=1)
    try:
        app = create_app(library, Settings())
        if handler == "stock":
            endpoints = [route.endpoint for route in app.routes if isinstance(route, Route)]
            graphql = next(endpoint for endpoint in endpoints if isinstance(endpoint, GraphQLRoute))
            graphql.graphql_transport_ws_handler_class = BaseGraphQLTransportWSHandler
        ws = "auto" if handler == "stock" else QuickWebSocket
        config = uvicorn.Config(app, port=port, log_level="critical", ws=ws, ws_per_message_deflate=False)
        config.timeout_graceful_shutdown = 1
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run()
    finally:
        library.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
