"""A 2 GiB upload: its rate beside hashing and writing the same bytes, and what memory the server takes for it."""

import hashlib
import json
import socket
import tempfile
import time
import zlib
from pathlib import Path

from benchmarks._tools import table
from tests.server import UPLOAD, Server

GIB = 2**30
SIZE = 2 * GIB
PIECE = b"\x5a" * 2**20


def run() -> None:
    with tempfile.TemporaryDirectory(prefix="gallerynet-bench-") as name:
        folder = Path(name)
        floor = _hash_and_write(folder / "floor.bin")
        server = Server(folder)
        before = _peak_mib(server.process.pid)
        start = time.perf_counter()
        answer = _upload(server.port)
        took = time.perf_counter() - start
        after = _peak_mib(server.process.pid)
        server.stop()
    table(
        ["what", "s", "MiB/s", "to the floor"],
        [
            ("hash and write, bare", floor, SIZE / 2**20 / floor, 1.0),
            ("upload", took, SIZE / 2**20 / took, took / floor),
        ],
    )
    print(f"\nPeak memory of the server: {before} MiB before, {after} MiB after. Its answer: {answer}")


def _hash_and_write(path: Path) -> float:
    start = time.perf_counter()
    digest, crc = hashlib.sha256(), 0
    with path.open("wb") as file:
        for _ in range(SIZE // len(PIECE)):
            digest.update(PIECE)
            crc = zlib.crc32(PIECE, crc)
            file.write(PIECE)
    took = time.perf_counter() - start
    path.unlink()
    return took


def _upload(port: int) -> str:
    """Sends the file as a client does, over loopback; it is no picture, so nothing of it stays."""
    boundary = "benchmark"
    form = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{json.dumps(value)}\r\n'
        for name, value in (
            ("operations", {"query": UPLOAD, "variables": {"files": [None]}}),
            ("map", {"0": ["variables.files.0"]}),
        )
    )
    form += f'--{boundary}\r\nContent-Disposition: form-data; name="0"; filename="big.bin"\r\n\r\n'
    end = f"\r\n--{boundary}--\r\n".encode()
    length = len(form) + SIZE + len(end)
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nX-Requested-With: benchmark\r\n"
        f"Content-Type: multipart/form-data; boundary={boundary}\r\nContent-Length: {length}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall((head + form).encode())
        for _ in range(SIZE // len(PIECE)):
            connection.sendall(PIECE)
        connection.sendall(end)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer.partition(b"\r\n\r\n")[2].decode()


def _peak_mib(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024
