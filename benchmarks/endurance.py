"""Pictures after pictures through the whole of ingest: what it holds in memory meanwhile.

``ENDURANCE_FILES`` says how many; 10,000 unless told. An item's vector is 5 KiB of the server's memory for good.
"""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from PIL import Image

from benchmarks._tools import empty_library, memory_mib, table
from gallerynet.core.ingest.receive import Receiver
from gallerynet.core.library import Library
from tests.pictures import encode, packaged_photos

CHECKS = 10
SIZE = (1600, 1200)


def run() -> None:
    count = int(os.environ.get("ENDURANCE_FILES", "10000"))
    cores = os.cpu_count() or 1
    pictures, rows = _pictures(), []
    with empty_library(workers=cores) as library, ThreadPoolExecutor(cores * 4) as threads:
        for done in range(count // CHECKS, count + 1, count // CHECKS):
            batch = [next(pictures) for _ in range(100)]
            start = time.perf_counter()
            for number in range(count // CHECKS // len(batch)):
                # Other bytes behind the picture's end make another file of it.
                list(threads.map(partial(_add, library), [picture + b"%d" % number for picture in batch]))
            rows.append((done, *memory_mib(), count / CHECKS / (time.perf_counter() - start)))
    table(["files", "server, MiB", "workers, MiB", "files/s"], rows)


def _pictures() -> Iterator[bytes]:
    """Cuts of photographs."""
    random = np.random.default_rng(1)
    photos = []
    for path in packaged_photos():
        with Image.open(path) as opened:
            photos.append(opened.convert("RGB"))
    while True:
        photo = photos[int(random.integers(len(photos)))]
        width, height = (int(side * random.uniform(0.2, 0.9)) for side in photo.size)
        left, top = int(random.integers(photo.width - width)), int(random.integers(photo.height - height))
        yield encode(photo.resize(SIZE, box=(left, top, left + width, top + height)), quality=80)


def _add(library: Library, picture: bytes) -> None:
    receiver = Receiver(library.storage, "picture.jpg")
    receiver.write(picture)
    library.ingest.add(receiver.finish(), None, allow_near_duplicates=True)
