"""``similarMedia`` over synthetic unit vectors, against numpy's bare matrix product over the same."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from benchmarks._tools import empty_library, interleaved, table
from gallerynet.core.auth import Auth
from gallerynet.core.database.tables import media
from gallerynet.core.ids import new_id
from gallerynet.core.library import Library
from gallerynet.resolvers.context import Context, Services, Viewer
from gallerynet.schema import schema

SIZES = (10_000, 100_000)
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
            vectors = clustered(count)
            fill(library, vectors)
            rows += [_measure(library, vectors, minimum) for minimum in (95.0, 80.0, 60.0)]
    table(
        ["items", "similarity", "hits", "product, ms", "index, ms (ratio)", "core, ms (ratio)", "GraphQL, ms (ratio)"],
        rows,
    )


def _measure(library: Library, vectors: NDArray[np.float32], minimum: float) -> list[object]:
    with library.database.read() as connection:
        identity = connection.execute(sa.select(media.c.id).where(media.c.key == 1)).scalar_one()
    reference = library.likeness.by_item(identity)
    services = Services(library, Auth(library.database, ""), ThreadPoolExecutor(1))
    times = interleaved(
        20,
        product=lambda: vectors @ vectors[0],
        index=lambda: library.index.search(reference.vector, minimum / 50 - 1, None, None),
        core=lambda: library.likeness.similar(reference, minimum, 60, None),
        graphql=lambda: _ask(services, identity, minimum),
    )
    floor = times.pop("product")
    hits = library.likeness.similar(reference, minimum, 60, None).total_count
    ratios = [f"{1000 * seconds:.3g} ({seconds / floor:.2f})" for seconds in times.values()]
    return [len(vectors), f"{minimum:g} %", hits, 1000 * floor, *ratios]


def clustered(count: int) -> NDArray[np.float32]:
    """Unit vectors in clusters of some fifty, as photographs of the same things lie."""
    random = np.random.default_rng(2)
    centers = random.standard_normal((count // 50, 1280)).astype(np.float32)
    vectors = centers[random.integers(0, len(centers), count)]
    vectors += random.standard_normal((count, 1280)).astype(np.float32) * random.uniform(0.2, 1.5, (count, 1)).astype(
        np.float32
    )
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def fill(library: Library, vectors: NDArray[np.float32]) -> None:
    """A row and a vector for each: items without files."""
    with library.database.write() as tx:
        now = tx.started_at
        rows = []
        for key in range(1, len(vectors) + 1):
            identity = new_id()
            rows.append(
                {
                    "key": key,
                    "id": identity,
                    "filename": identity,
                    "original_filename": f"{key}.jpg",
                    "mime_type": "image/jpeg",
                    "width": 4000,
                    "height": 3000,
                    "size_bytes": key,
                    "uploaded_at": now,
                    "original_date": now,
                    "embedding_model": library.embedder.manifest.sha256,
                }
            )
        tx.execute(sa.insert(media), rows)
        for row, vector in zip(rows, vectors, strict=True):
            tx.put_vector(row["key"], vector)  # type: ignore[arg-type]  # the key


def _ask(services: Services, identity: str, minimum: float) -> None:
    async def ask() -> None:
        context = Context(services, Viewer(True, None))
        result = await schema.execute(QUERY, {"id": identity, "min": minimum}, context_value=context)
        if result.errors:
            raise result.errors[0]

    asyncio.run(ask())
