"""Images a second through the whole of ingest: 12-megapixel JPEGs, received, decoded, embedded, stored."""

import io
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from PIL import Image

from benchmarks._tools import empty_library, table
from gallerynet.core.ingest.pipeline import Added
from gallerynet.core.ingest.receive import Receiver
from gallerynet.core.library import Library

PICTURES = 40
SIZE = (4000, 3000)


def run() -> None:
    rows = []
    for cores in (1, 2):
        # A process of its own, since a core given up is not given back to threads that run already.
        answer = subprocess.run(
            [sys.executable, "-m", "benchmarks.ingest", str(cores)], check=True, capture_output=True, text=True
        )
        rows.append((cores, *json.loads(answer.stdout)))
    slowest = rows[0][1]
    table(
        ["cores", "images/s", "to one core", "decode + one inference, bare: images/s", "share of the bare rate"],
        [(cores, rate, rate / slowest, bare, rate / bare) for cores, rate, bare in rows],
    )


def camera_like(count: int) -> list[bytes]:
    """Different JPEGs of some 3 MB with the detail and the noise of a photograph."""
    random = np.random.default_rng(1)
    noise = random.normal(0, 6, (SIZE[1], SIZE[0], 3))
    pictures = []
    for _ in range(count):
        coarse = Image.fromarray(random.integers(0, 255, (40, 53, 3), dtype=np.uint8))
        smooth = np.asarray(coarse.resize(SIZE, Image.Resampling.BICUBIC), dtype=np.float32)
        pixels = (smooth + np.roll(noise, int(random.integers(4000)), axis=1)).clip(0, 255).astype(np.uint8)
        target = io.BytesIO()
        Image.fromarray(pixels).save(target, "JPEG", quality=85)
        pictures.append(target.getvalue())
    return pictures


def measure(cores: int) -> tuple[float, float]:
    """Images a second through ingest, and of the work that nobody could leave out, on that many cores."""
    os.sched_setaffinity(0, set(range(cores)))
    pictures = camera_like(PICTURES)
    with empty_library(workers=cores) as library, ThreadPoolExecutor(cores + 1) as threads:
        list(threads.map(lambda picture: _add(library, picture), pictures[: 2 * cores]))
        start = time.perf_counter()
        list(threads.map(lambda picture: _add(library, picture), pictures[2 * cores :]))
        rate = (PICTURES - 2 * cores) / (time.perf_counter() - start)

        def bare(picture: bytes) -> None:
            with Image.open(io.BytesIO(picture)) as image:
                image.draft("RGB", (1600, 1200))
                pixels = np.asarray(image.resize((224, 224)))
            library.embedder.embed(pixels[np.newaxis])

        with ThreadPoolExecutor(cores) as few:
            start = time.perf_counter()
            list(few.map(bare, pictures))
            floor = PICTURES / (time.perf_counter() - start)
    return rate, floor


def _add(library: Library, picture: bytes) -> None:
    receiver = Receiver(library.storage, "picture.jpg")
    receiver.write(picture)
    outcome = library.ingest.add(receiver.finish(), None, allow_near_duplicates=True)
    if not isinstance(outcome, Added):
        raise TypeError(f"The benchmark's picture was not taken: {outcome}")


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
