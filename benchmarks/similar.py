"""Search by likeness over embeddings of photographs, against numpy's bare product of the matrix with one vector."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import sqlalchemy as sa

from benchmarks._library import fill
from benchmarks._tools import empty_library, interleaved, table
from benchmarks._vectors import library_vectors
from gallerynet.core.auth import Auth
from gallerynet.core.database import Changes
from gallerynet.core.database.tables import media
from gallerynet.core.library import Library
from gallerynet.core.media.filters import MediaFilter
from gallerynet.core.search.index import Page, Vector, exact_cosines
from gallerynet.core.search.memory import MemoryIndex
from gallerynet.resolvers.context import Context, Services, Viewer
from gallerynet.schema import schema

SIZES = (10_000, 20_000, 100_000)
QUERIES = 40
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
            library.index.wait()  # type: ignore[attr-defined]  # it is in memory
            ratios, floor = _measure(library, index, vectors)
            _check(index, vectors)
            rows.append([count, 1000 * floor, *(f"{ratio:.2f}" for ratio in ratios.values()), opened, _update(index)])
    table(["items", "product, ms", *ratios, "start, s", "update, ms"], rows)


def _measure(library: Library, index: MemoryIndex, vectors: Vector) -> tuple[dict[str, float], float]:
    """Median seconds of each way of asking, over that of the product."""
    random = np.random.default_rng(3)
    asked = random.choice(len(vectors), QUERIES, replace=False)
    half = np.sort(random.permutation(len(vectors))[::2] + 1)
    few = half[: len(half) // 50]
    services = Services(library, Auth(library.database, ""), ThreadPoolExecutor(1))
    with library.database.read() as connection:
        ids = {row.key: row.id for row in connection.execute(sa.select(media.c.key, media.c.id))}
    favourites = MediaFilter(favorite=True)
    turn = {"row": 0}

    def query() -> Vector:
        asked_for: Vector = vectors[asked[turn["row"] % QUERIES]]
        return asked_for

    def all_from(similarity: float) -> Callable[[], object]:
        return lambda: index.search(query(), similarity / 50 - 1, None, None)

    def page_from(similarity: float, **limits: object) -> Callable[[], object]:
        only = limits.get("only")
        return lambda: index.search(query(), similarity / 50 - 1, only, None, Page(50))  # type: ignore[arg-type]

    def core(similarity: float, wanted: MediaFilter) -> object:
        reference = library.likeness.by_item(ids[int(asked[turn["row"] % QUERIES]) + 1])
        return library.likeness.similar(reference, similarity, 60, None, wanted)

    def next_query() -> None:
        turn["row"] += 1

    ways: dict[str, Callable[[], object]] = {
        "product": lambda: vectors @ query(),
        "50 nearest": page_from(0),
        "all >= 95 %": all_from(95),
        "all >= 90 %": all_from(90),
        "all >= 80 %": all_from(80),
        "all >= 60 %": all_from(60),
        "all": all_from(0),
        "50 of >= 60 %": page_from(60),
        "half of the library, >= 60 %": page_from(60, only=half),
        "1 % of it": page_from(60, only=few),
        "core, 60 of >= 80 %": lambda: core(80, MediaFilter()),
        "core, favourites": lambda: core(0, favourites),
        "GraphQL, 60 of >= 80 %": lambda: _ask(services, ids[int(asked[turn["row"] % QUERIES]) + 1], 80),
        "next": next_query,
    }
    times = interleaved(QUERIES, **ways)
    floor = times.pop("product")
    del times["next"]
    return {name: seconds / floor for name, seconds in times.items()}, floor


def _check(index: MemoryIndex, vectors: Vector) -> None:
    """That what was measured is right: keys, order and count of a few answers."""
    for row in range(0, len(vectors), len(vectors) // 8):
        cosines = exact_cosines(vectors, vectors[row])
        order = np.lexsort((np.arange(len(vectors)), -cosines))
        nearest = index.search(vectors[row], -1, None, None, Page(50))
        assert (nearest.keys == order[:50] + 1).all()  # noqa: S101 - a wrong answer must not be timed
        for similarity in (90, 80, 60):
            count = int((cosines >= np.float32(similarity / 50 - 1)).sum())
            found = index.search(vectors[row], similarity / 50 - 1, None, None)
            assert (found.keys == order[:count] + 1).all()  # noqa: S101


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
