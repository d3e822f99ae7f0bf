"""A zip of originals over loopback HTTP, against the route that sends one original."""

import socket
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks._tools import table
from tests.pictures import encode
from tests.server import Server

FILES = 24
SIDE = 2600  # of noise that does not compress: some 19 MiB a picture
ROUNDS = 5


def run() -> None:
    with tempfile.TemporaryDirectory(prefix="gallerynet-bench-") as name:
        server = Server(Path(name))
        try:
            random = np.random.default_rng(5)
            for number in range(FILES):
                noise = Image.fromarray(random.integers(0, 255, (SIDE, SIDE, 3), dtype=np.uint8))
                server.client.upload([(f"{number}.bmp", encode(noise, "BMP"))], near=True)  # noise looks like noise
            urls = [
                item["originalUrl"]
                for item in server.client.run("{ media(first: 200) { nodes { originalUrl } } }")["media"]["nodes"]
            ]
            plan = server.client.run(
                "mutation { planDownload(selection: { filter: {} }) { totalBytes parts { url } } }"
            )["planDownload"]
            raw, zipped = [], []
            for _ in range(ROUNDS):
                raw.append(_rate(server.port, urls))
                zipped.append(_rate(server.port, [part["url"] for part in plan["parts"]]))
        finally:
            server.stop()
    best = max(raw)
    table(
        ["what", "MiB/s, best of rounds", "to the raw route"],
        [("originals, one after another", best, 1.0), ("one zip of them", max(zipped), max(zipped) / best)],
    )


def _rate(port: int, urls: list[str]) -> float:
    """MiB a second, read by a client that does nothing with them."""
    received = 0
    start = time.perf_counter()
    for url in urls:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(f"GET {url} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
            buffer = bytearray(2**20)
            while count := connection.recv_into(buffer):
                received += count
    return received / 2**20 / (time.perf_counter() - start)
