"""A million vectors: what they take in memory, how soon they are there, and how fast they are searched.

Writes a database of 5 GB into the temporary folder, so it runs only when it is named.
"""

import multiprocessing
import resource
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks._tools import interleaved, table
from benchmarks._vectors import library_vectors
from gallerynet.core.database import Database
from gallerynet.core.database.migrate import migrate
from gallerynet.core.search.index import Page
from gallerynet.core.search.memory import MemoryIndex

COUNT = 1_000_000
PART = 50_000
WHEN_NAMED = True


def run() -> None:
    with tempfile.TemporaryDirectory(prefix="gallerynet-bench-") as name:
        path = Path(name) / "gallery.db"
        database = Database(path)
        migrate(database)
        for number in range(COUNT // PART):
            vectors = library_vectors(PART, seed=number)
            if not number:
                database.ensure_vector_table(vectors.shape[1])
            with database.write() as tx:
                for key, vector in enumerate(vectors, number * PART + 1):
                    tx.put_vector(key, vector)
        database.close()
        # In a process of its own, whose memory is the index's and Python's.
        context = multiprocessing.get_context("spawn")
        with context.Pool(1) as pool:
            table(["", f"{COUNT:,} vectors"], pool.apply(_measure, (path, vectors.shape[1])))


def _measure(path: Path, dimensions: int) -> list[list[object]]:
    start = time.perf_counter()
    index = MemoryIndex(Database(path), dimensions)
    opened = time.perf_counter() - start
    index.wait()
    coded = time.perf_counter() - start
    query = np.array(index.get(77))
    times = interleaved(
        10,
        min,
        product=lambda: [vectors @ query for _, vectors in index.view().blocks()],
        nearest=lambda: index.search(query, -1, None, None, Page(50)),
        near=lambda: index.search(query, 0.8, None, None),
        wide=lambda: index.search(query, 0.2, None, None, Page(50)),
    )
    floor = times.pop("product")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return [
        ["memory at its peak, GiB", memory],
        ["start, s", opened],
        ["until it is coded, s", coded],
        ["product, ms", 1000 * floor],
        ["50 nearest, of it", times["nearest"] / floor],
        ["all >= 90 %, of it", times["near"] / floor],
        ["50 of >= 60 %, of it", times["wide"] / floor],
    ]
