"""Search by likeness over embeddings of photographs, against numpy's bare product of the matrix with one vector."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import sqlalchemy as sa

from benchmarks._library import fill, wait_for_codes
from benchmarks._tools import empty_library, interleaved, table
from benchmarks._vectors import library_vectors
from gallerynet.core.auth import Auth
from gallerynet.core.database import Changes
from gallerynet.core.database.tables import media
from gallerynet.core.library import Library
from gallerynet.core.media.filters import EVERYTHING, MediaFilter
from gallerynet.core.search.index import Keys, Page, Vector, exact_cosines
from gallerynet.core.search.memory import MemoryIndex
from gallerynet.resolvers.context import Context, Services, Viewer
from gallerynet.schema import schema

SIZES = (10_000, 20_000, 100_000)
QUERIES = 10
REPEATS = 6
QUERY = """
query($id: ID!, $min: Float!) {
  similarMedia(reference: { mediaId: $id }, minSimilarity: $min, first: 60) {
    totalCount edges { similarity node { id thumbnailUrl } }
  }
}
"""


def run() -> None:
    rows: list[list[object]] = []
    for count in SIZES:
        with empty_library() as library:
            vectors = library_vectors(count)
            fill(library, vectors)
            start = time.perf_counter()
            index = MemoryIndex(library.database, vectors.shape[1])
            opened = time.perf_counter() - start
            index.wait()
            wait_for_codes(library)
            ratios, floor = _measure(library, index, vectors)
            _check(index, vectors)
            rows.append([count, 1000 * floor, *(f"{ratio:.2f}" for ratio in ratios.values()), opened, _update(index)])
    head = ["items", "product, ms", *ratios, "start, s", "update, ms"]
    table(["", *map(str, SIZES)], list(zip(head[1:], *(row[1:] for row in rows), strict=True)))


def _measure(library: Library, index: MemoryIndex, vectors: Vector) -> tuple[dict[str, float], float]:
    """Each way's seconds over the product's, and the product's: means over queries, of the best of some repeats."""
    times: dict[str, list[float]] = {}
    for row in np.random.default_rng(3).choice(len(vectors), QUERIES, replace=False).tolist():
        for name, seconds in interleaved(REPEATS, min, **_ways(library, index, vectors, row)).items():
            times.setdefault(name, []).append(seconds)
    means = {name: float(np.mean(found)) for name, found in times.items()}
    floor = means.pop("product")
    return {name: seconds / floor for name, seconds in means.items()}, floor


def _ways(library: Library, index: MemoryIndex, vectors: Vector, row: int) -> dict[str, Callable[[], object]]:
    query = vectors[row]
    half = np.arange(1, len(vectors) + 1, 2)
    with library.database.read() as connection:
        identity = connection.execute(sa.select(media.c.id).where(media.c.key == row + 1)).scalar_one()
    services = Services(library, Auth(library.database, ""), ThreadPoolExecutor(1))

    def everything(similarity: float) -> Callable[[], object]:
        return lambda: index.search(query, similarity / 50 - 1, None, None)

    def page(similarity: float, only: Keys | None = None) -> Callable[[], object]:
        return lambda: index.search(query, similarity / 50 - 1, only, None, Page(50))

    def core(similarity: float, wanted: MediaFilter) -> Callable[[], object]:
        return lambda: library.likeness.similar(library.likeness.by_item(identity), similarity, 60, None, wanted)

    return {
        "product": lambda: vectors @ query,
        "50 nearest": page(0),
        "all >= 95 %": everything(95),
        "all >= 90 %": everything(90),
        "all >= 80 %": everything(80),
        "all >= 60 %": everything(60),
        "all": everything(0),
        "50 of >= 60 %": page(60),
        "50 of >= 60 % in half": page(60, half),
        "in 1 %": page(60, half[:: len(half) // (len(half) // 50)]),
        "core: 60 of >= 80 %": core(80, EVERYTHING),
        "core: favourites": core(0, MediaFilter(favorite=True)),
        "GraphQL: 60 of >= 80 %": lambda: _ask(services, identity, 80),
    }


def _check(index: MemoryIndex, vectors: Vector) -> None:
    """That what was measured is right: keys, order and count of a few answers."""
    for row in range(0, len(vectors), len(vectors) // 8):
        cosines = exact_cosines(vectors, vectors[row])
        order = np.lexsort((np.arange(len(vectors)), -cosines))
        _require(index.search(vectors[row], -1, None, None, Page(50)).keys, order[:50] + 1)
        for similarity in (90, 80, 60):
            count = int((cosines >= np.float32(similarity / 50 - 1)).sum())
            _require(index.search(vectors[row], similarity / 50 - 1, None, None).keys, order[:count] + 1)


def _require(found: Keys, expected: Keys) -> None:
    if not np.array_equal(found, expected):
        raise ValueError("The index gave a wrong answer: how long it took says nothing.")


def _update(index: MemoryIndex) -> str:
    """Milliseconds that a commit of one vector waits for the index, median and worst."""
    vector = np.full(1280, 1280**-0.5, dtype=np.float32)
    times = []
    for key in range(1, 501):
        start = time.perf_counter()
        index.follow(Changes(vectors={key: vector}))
        times.append(1000 * (time.perf_counter() - start))
    return f"{np.median(times):.2g} / {max(times):.2g}"


def _ask(services: Services, identity: str, minimum: float) -> None:
    async def ask() -> None:
        context = Context(services, Viewer(True, None))
        result = await schema.execute(QUERY, {"id": identity, "min": minimum}, context_value=context)
        if result.errors:
            raise result.errors[0]

    asyncio.run(ask())
